import { FastCheck as fc } from "effect"
import { describe, expect, it } from "vitest"
import { emptyForm } from "../../../src/domain/editor/PostForm.js"
import { changeOf } from "../../../src/domain/editor/PostFormChange.js"
import { decodeCreateJson } from "../../../src/domain/micropub/MicropubCreate.js"
import { storableText, withLineFeeds } from "../../../src/domain/posts/StorableText.js"
import { slicesOf } from "../../../src/domain/Slices.js"

describe("S2: texts are read in linear time", () => {
  const texts = fc.string({ unit: fc.constantFrom("\r", "\n", "\r\n", "a", "é", "漢", "😀", "\ufeff") })

  it("line breaks become line feeds in any context", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(withLineFeeds(text)).toBe(text.replace(/\r\n?/g, "\n"))
      })
    )
  })

  it("only what cannot be stored is dropped or replaced", () => {
    const any = fc.string({ unit: fc.constantFrom("\0", "a", "é", "漢", "😀", "\ud83d", "\ude00", "\ufeff") })
    fc.assert(
      fc.property(any, (text) => {
        expect(storableText(text)).toBe(text.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\0", ""))
      })
    )
  })

  it("a text is the same in slices, of any length", () => {
    const any = fc.string({ unit: fc.constantFrom("\r", "\n", "\r\n", "\0", "a", "漢", "😀", "\ud83d", "\ude00") })
    fc.assert(
      fc.property(any, fc.integer({ min: 2, max: 9 }), (text, length) => {
        const slices = [...slicesOf(text, length)]
        expect(slices.join("")).toBe(text)
        const normalized = (one: string) => withLineFeeds(storableText(one))
        expect(slices.map(normalized).join("")).toBe(normalized(text))
      })
    )
  })

  /** CPU milliseconds of the fastest of three runs. */
  const cost = (run: () => unknown): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const began = process.cpuUsage()
        run()
        const { system, user } = process.cpuUsage(began)
        return (user + system) / 1_000
      })
    )

  it.each(["\r", "\r\n", "\0", "\ud800", "漢\r\n", "a"])("a million times %j stays below the stall bound", (unit) => {
    const text = unit.repeat(1_048_576 / unit.length)
    expect(cost(() => withLineFeeds(storableText(text)))).toBeLessThan(250)
  })

  it("single-line fields and tags that are far too long are refused before they are read", () => {
    const long = "a, ".repeat(1_300_000)
    for (const field of ["name", "summary", "location", "category"] as const) {
      const change = () => changeOf({ ...emptyForm, content: "a", [field]: long }, undefined, 0)
      expect(change().faults.map((fault) => fault.field)).toEqual([field])
      expect(cost(change)).toBeLessThan(250)
    }
  })

  it.each(["name", "summary", "category", "published", "in-reply-to", "like-of", "bookmark-of", "photo"])(
    "a property %s of a million characters is refused with its limit",
    (name) => {
      const long = `https://a.example/${"(a b/".repeat(200_000)}`.replaceAll(
        " ",
        /^(?:in|like|book|photo)/.test(name) ? "/" : " "
      )
      const decode = () => decodeCreateJson({ type: ["h-entry"], properties: { content: ["a"], [name]: [long] } })
      expect(decode()).toMatchObject({
        left: { part: `properties.${name}`, expected: expect.stringMatching(/at most \d+ characters/) }
      })
      expect(cost(decode)).toBeLessThan(250)
    }
  )
})
