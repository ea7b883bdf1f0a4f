import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { fold, foldWithOrigins, words } from "../../../src/domain/Folding.js"
import { runs } from "../../fixtures/Runs.js"

describe("fold", () => {
  it.each([
    ["Hello, World!", " hello world "],
    ["don't  stop\n-- now", " don t stop now "],
    ["", ""],
    ["?!… — %", ""],
    ["École ÉCOLE e\u0301cole", " ecole ecole ecole "],
    ["Straße STRASSE ẞ", " strasse strasse ss "],
    ["Ærø Łódź İstanbul ısı", " aero lodz istanbul isi "],
    ["ﬁne ½ ① ™ ㎏", " fine 1 2 1 tm kg "],
    ["Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", " οδυσσευσ οδυσσευσ "],
    ["Ёлка, йод", " елка иод "],
    ["東京 2024年", " 東 京 2024 年 "],
    ["ハハ パパ ガ", " ハ ハ パ パ ガ "],
    ["학교에서", " 학 교 에 서 "],
    ["🎉🎉a👩🏽‍🚀", " 🎉 🎉 a 👩 🚀 "],
    ["कि की", " कि की "],
    ["שָׁלוֹם مُحَمَّد", " שלום محمد "],
    ["co\u00ADoperate zero\u200Dwidth", " cooperate zerowidth "],
    ["a\ud800b", " a b "]
  ])("%j is %j", (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  const anyText = FastCheck.oneof(
    FastCheck.string({ unit: "binary" }),
    FastCheck.string({ unit: "grapheme" }),
    FastCheck.string({ unit: "grapheme-ascii" })
  )

  it("produces words separated by single spaces from any text", () => {
    FastCheck.assert(
      FastCheck.property(anyText, (text) => {
        const folded = fold(text)
        expect(folded === "" || /^(?: [^ ]+)+ $/.test(folded)).toBe(true)
        expect(folded).not.toMatch(/[%_\\"'\p{Cc}\p{Cs}]/u)
        expect(words(text)).toEqual(folded.split(" ").filter(Boolean))
      }),
      { numRuns: runs(500, 2_000) }
    )
  })

  it("is the same for composed and decomposed text", () => {
    FastCheck.assert(
      FastCheck.property(anyText, (text) => fold(text.normalize("NFD")) === fold(text.normalize("NFC"))),
      { numRuns: runs(500, 2_000) }
    )
  })

  it("is the same with and without origins, and every origin lies in the text", () => {
    FastCheck.assert(
      FastCheck.property(anyText, (any) => {
        const text = any.normalize("NFC")
        const { ends, folded, starts } = foldWithOrigins(text)
        expect(folded).toBe(fold(text))
        expect(starts).toHaveLength(folded.length)
        for (const [i, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(ends[i]).toBeGreaterThanOrEqual(start)
          expect(ends[i]).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: runs(250, 1_000) }
    )
  })
})
