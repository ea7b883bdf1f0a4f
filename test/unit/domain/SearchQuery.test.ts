import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { maxQueryLength, maxQueryTerms, parse } from "../../../src/domain/search/SearchQuery.js"
import { runs } from "../../fixtures/Runs.js"

const query = (text: string) => Either.getOrThrow(parse(text))
const reason = (text: string) => Either.match(parse(text), { onLeft: ({ reason }) => reason, onRight: () => undefined })

describe("a search query", () => {
  it("is words, phrases, exclusions and filters in any order", () => {
    expect(query('  Quick tag:Travel -dog "Brown  FOX" before:2024-05 -tag:old after:2024 -"lazy cat" ')).toEqual({
      text: 'Quick tag:Travel -dog "Brown FOX" before:2024-05 -tag:old after:2024 -"lazy cat"',
      required: [
        { words: ["quick"], exact: false },
        { words: ["brown", "fox"], exact: true }
      ],
      excluded: [
        { words: ["dog"], exact: true },
        { words: ["lazy", "cat"], exact: true }
      ],
      tags: ["travel"],
      excludedTags: ["old"],
      before: Date.UTC(2024, 4),
      after: Date.UTC(2024, 0)
    })
  })

  it.each([
    ["C++", ["c"]],
    ["O’Reilly", ["o", "reilly"]],
    ["before: noon", ["before"], ["noon"]],
    ["title:x", ["title", "x"]],
    ["- fox", ["fox"]],
    ["a--b", ["a", "b"]],
    ["% fox", ["fox"]],
    ["fo\u0000x", ["fo"], ["x"]]
  ])("%j looks for its words and nothing else", (text, ...terms) => {
    expect(query(text).required.map(({ words }) => words)).toEqual(terms)
  })

  it.each([
    ["", "empty"],
    [" \n\u0000", "empty"],
    ["%_\\ ''", "empty"],
    ['""', "empty"],
    ["tag:#", "empty"],
    ["-fox", "only_exclusions"],
    ["-tag:x -y", "only_exclusions"],
    ["before:tomorrow", "bad_date"],
    ["fox after:2024-02-30", "bad_date"],
    ["after:24", "bad_date"],
    ["a".repeat(maxQueryLength + 1), "too_long"],
    ["a ".repeat(maxQueryTerms + 1), "too_many_terms"]
  ])("%j is invalid: %s", (text, expected) => {
    expect(reason(text)).toBe(expected)
  })

  it.each(["a".repeat(maxQueryLength), "a ".repeat(maxQueryTerms), "tag:x", "before:2024", "-before:2024", "東"])(
    "%j is valid",
    (text) => {
      expect(reason(text)).toBeUndefined()
    }
  )

  it("takes the narrower of several dates, and inverts a negated one", () => {
    expect(query("before:2025 before:2024 x").before).toBe(Date.UTC(2024, 0))
    expect(query("after:2023 -before:2024 x").after).toBe(Date.UTC(2024, 0))
  })

  it("never throws, and keeps its limits, for any input", () => {
    const piece = FastCheck.oneof(
      FastCheck.constantFrom('"', "-", "tag:", "before:", "after:2024", " ", "%", "\\", "\u0000", "“", "NEAR(", "*"),
      FastCheck.string({ unit: "binary", maxLength: 8 }),
      FastCheck.string({ unit: "grapheme", maxLength: 8 })
    )
    FastCheck.assert(
      FastCheck.property(FastCheck.array(piece, { maxLength: 30 }), (pieces) => {
        const parsed = parse(pieces.join(""))
        if (Either.isLeft(parsed)) return
        const { excluded, required, text } = parsed.right
        expect(text.length).toBeLessThanOrEqual(maxQueryLength)
        expect(required.length + excluded.length).toBeLessThanOrEqual(maxQueryTerms)
        for (const { words } of [...required, ...excluded]) {
          expect(words.length).toBeGreaterThan(0)
          for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+$/u)
        }
      }),
      { numRuns: runs(200, 5_000) }
    )
  })
})
