import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import {
  type Change,
  coded,
  continuedLine,
  headed,
  linked,
  listed,
  numbered,
  paragraph,
  pastedLink,
  quoted,
  type Selected,
  wrapped
} from "../../../src/browser/editor/Formatting.js"

/** Reads a text in which `‹` and `›` mark the selection, or `|` the caret. */
const read = (marked: string): Selected => {
  const caret = marked.indexOf("|")
  if (caret !== -1) return { value: marked.replace("|", ""), start: caret, end: caret }
  const start = marked.indexOf("‹")
  return { value: marked.replace(/[‹›]/g, ""), start, end: marked.indexOf("›") - 1 }
}

/** Shows the text after a change, with its selection. */
const after = ({ value }: Selected, { end, from, start, text, to }: Change): string => {
  const changed = `${value.slice(0, start)}${text}${value.slice(end)}`
  return from === to
    ? `${changed.slice(0, from)}|${changed.slice(from)}`
    : `${changed.slice(0, from)}‹${changed.slice(from, to)}›${changed.slice(to)}`
}

const done = (tool: (selected: Selected) => Change, marked: string): string => {
  const selected = read(marked)
  return after(selected, tool(selected))
}

const bold = (selected: Selected) => wrapped(selected, "**")
const italic = (selected: Selected) => wrapped(selected, "*")

describe("the tools", () => {
  it.each([
    ["bold", bold, "a ‹b c› d", "a **‹b c›** d"],
    ["bold, back", bold, "a **‹b c›** d", "a ‹b c› d"],
    ["bold, with its marks selected", bold, "a ‹**b c**› d", "a ‹b c› d"],
    ["bold, with spaces selected", bold, "a‹ b › c", "a **‹b›**  c"],
    ["bold, in a word", bold, "one tw|o three", "one **‹two›** three"],
    ["bold, without a word", bold, "a | b", "a **|** b"],
    ["italic within bold", italic, "**‹a›**", "***‹a›***"],
    ["italic out of both", italic, "***‹a›***", "**‹a›**"],
    ["code", coded, "a ‹b› c", "a `‹b›` c"],
    ["code of lines", coded, "a\n‹b\nc›\nd", "a\n```\n‹b\nc›\n```\nd"],
    ["link", linked, "see ‹this›", "see [this](|)"],
    ["link of an address", linked, "see ‹https://a.example/›", "see [|](https://a.example/)"],
    ["link of nothing", linked, "see |", "see [|]()"],
    ["heading", headed, "a\nb|\nc", "a\n## b|\nc"],
    ["heading, lower", headed, "## b|", "### b|"],
    ["heading, back", headed, "### b|", "b|"],
    ["quote", quoted, "‹a\n\nb›", "‹> a\n\n> b›"],
    ["quote, back", quoted, "‹> a\n> b›", "‹a\nb›"],
    ["list", listed, "‹a\nb›", "‹- a\n- b›"],
    ["list, back", listed, "‹- a\n* b›", "‹a\nb›"],
    ["list of a numbered one", listed, "‹1. a\n2. b›", "‹- a\n- b›"],
    ["numbers", numbered, "‹a\n\nb›", "‹1. a\n\n2. b›"],
    ["list, on an empty first line", listed, "|\na", "- |\na"],
    ["list, on an empty line", listed, "a\n|", "a\n- |"]
  ] as const)("%s", (_, tool, before, expected) => {
    expect(done(tool, before)).toBe(expected)
  })

  it("leave the text outside of the changed range alone, whatever is selected", () => {
    const texts = FastCheck.string({ maxLength: 30, unit: FastCheck.constantFrom(..."ab \n*`>-1.#[]()é🎉") })
    FastCheck.assert(
      FastCheck.property(texts, FastCheck.nat(30), FastCheck.nat(30), (value, one, other) => {
        const [start = 0, end = 0] = [one, other].map((at) => Math.min(at, value.length)).sort((a, b) => a - b)
        for (const tool of [bold, italic, coded, linked, headed, quoted, listed, numbered]) {
          const change = tool({ value, start, end })
          expect(change.start).toBeLessThanOrEqual(change.end)
          const length = value.length + change.text.length - (change.end - change.start)
          expect([change.start >= 0, change.from >= 0, change.to <= length, change.from <= change.to]).toEqual(
            Array(4).fill(true)
          )
        }
      })
    )
  })
})

describe("the Enter key", () => {
  const enter = (marked: string): string | undefined => {
    const selected = read(marked)
    const change = continuedLine(selected)
    return change === undefined ? undefined : after(selected, change)
  }

  it.each([
    ["- a|", "- a\n- |"],
    ["- a|b", "- a\n- |b"],
    ["  * a|", "  * a\n  * |"],
    ["9. a|", "9. a\n10. |"],
    ["1) a|", "1) a\n2) |"],
    ["- [x] a|", "- [x] a\n- [ ] |"],
    ["> a|", "> a\n> |"],
    ["> - a|", "> - a\n> - |"],
    ["- a\n- |", "- a\n\n|"],
    ["> a\n> |", "> a\n\n|"],
    ["> - a\n> - |", "> - a\n> |"]
  ])("%j becomes %j", (before, expected) => {
    expect(enter(before)).toBe(expected)
  })

  it.each(["a|", "|- a", "-|", "‹- a›", "-a|", "```\n- a|", "**a**|", "1999 was|", "---|"])(
    "is an ordinary one in %j",
    (text) => expect(enter(text)).toBeUndefined()
  )
})

describe("a pasted address", () => {
  const paste = (marked: string, pasted: string): string | undefined => {
    const selected = read(marked)
    const change = pastedLink(selected, pasted)
    return change === undefined ? undefined : after(selected, change)
  }

  it("makes the selected text a link", () => {
    expect(paste("see ‹this page› now", "https://a.example/b?c#d\n")).toBe(
      "see [this page](https://a.example/b?c#d)| now"
    )
    expect(paste("‹Tide›", "https://en.example/Tide_(sea)")).toBe("[Tide](<https://en.example/Tide_(sea)>)|")
  })

  it.each([
    ["a|", "https://a.example/"],
    ["‹a›", "not an address"],
    ["‹a›", "https://a.example/ and more"],
    ["‹a\nb›", "https://a.example/"],
    ["‹https://b.example/›", "https://a.example/"],
    ["[a](‹x›)", "https://a.example/"]
  ])("is pasted as it is into %j", (text, pasted) => expect(paste(text, pasted)).toBeUndefined())
})

describe("a paragraph", () => {
  it.each([
    ["|", "X\n\n|"],
    ["a|b", "a\n\nX\n\n|b"],
    ["a\n|", "a\n\nX\n\n|"],
    ["a\n\n|\n\nb", "a\n\nX\n\n|b"]
  ])("in %j has empty lines around it", (before, expected) => {
    const selected = read(before)
    expect(after(selected, paragraph(selected, "X"))).toBe(expected)
  })
})
