import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { isSettledBy, snippet } from "../../../src/domain/search/Snippet.js"
import { runs } from "../../fixtures/Runs.js"

/** A snippet with what is marked in brackets. */
const shown = (text: string, query: string) =>
  snippet(text, Either.getOrThrow(parse(query)))
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("")

const filler = "lorem ipsum dolor sit amet ".repeat(40)

describe("a snippet", () => {
  it.each([
    ["The ÉCOLE is here", "école", "The [ÉCOLE] is here"],
    ["e\u0301cole", "ecole", "[\u00e9cole]"],
    ["Die Straße dort", "strasse", "Die [Straße] dort"],
    ["party of art", "art", "p[art]y of [art]"],
    ["今日は東京へ", "東京", "今日は[東京]へ"],
    ["a\n\n b  c", "c", "a b [c]"],
    ["O'Reilly's", "o'reilly", "[O'Reilly]'s"],
    ["fox fox", '"fox fox"', "[fox fox]"],
    ["art art art", '"art"', "[art] [art] [art]"],
    ["no such word", "tag:x", "no such word"],
    ["", "x", ""]
  ])("of %j for %j is %j", (text, query, expected) => {
    expect(shown(text, query)).toBe(expected)
  })

  it("shows the stretch with the most different words, cut between words", () => {
    const text = `${filler}one fox ${filler}a fox and a badger met ${filler}`
    const result = shown(text, "fox badger")
    expect(result).toContain("[fox] and a [badger]")
    expect(result).toMatch(/^… \w+ .* \w+ …$/)
    expect(result.length).toBeLessThan(220)
  })

  it("prefers whole words to parts of others", () => {
    expect(shown(`the party ${filler} modern art ${filler}`, "art")).toContain("modern [art]")
  })

  it("starts at the beginning without a match in the text", () => {
    expect(shown(filler, "elsewhere")).toMatch(/^lorem .* …$/)
  })

  it("is made of pieces of the text, and splits no character, in any text", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.string({ unit: "binary", maxLength: 400 }),
        FastCheck.string({ unit: "grapheme", minLength: 1, maxLength: 3 }),
        (text, typed) => {
          const query = parse(typed)
          if (Either.isLeft(query)) return
          const parts = snippet(`${text} ${typed} ${text}`, query.right)
          const joined = parts
            .map((part) => part.text)
            .join("")
            .replace(/^… | …$/g, "")
          const whole = `${text} ${typed} ${text}`.normalize("NFC").replace(/\s+/gu, " ").trim()
          expect(whole).toContain(joined)
          expect(joined).not.toMatch(/\p{Cs}/u)
        }
      ),
      { numRuns: runs(100, 500) }
    )
  })

  it("is that of every longer text, once the beginning has all terms", () => {
    const words = FastCheck.array(FastCheck.constantFrom("river", "Gärten", "lorem", "—", "bread.", "\n"), {
      minLength: 300,
      maxLength: 1_500
    })
    let settled = 0
    FastCheck.assert(
      FastCheck.property(
        words,
        FastCheck.constantFrom("river", "garten river", "elsewhere"),
        FastCheck.nat(9_000),
        (drawn, typed, length) => {
          const whole = `${filler} ${drawn.join(" ")} elsewhere ${filler}`
          const query = Either.getOrThrow(parse(typed))
          const beginning = whole.slice(0, length)
          if (!isSettledBy(beginning, query)) return
          settled++
          expect(snippet(beginning, query)).toEqual(snippet(whole, query))
        }
      ),
      { numRuns: runs(100, 500) }
    )
    expect(settled).toBeGreaterThan(10)
  })
})
