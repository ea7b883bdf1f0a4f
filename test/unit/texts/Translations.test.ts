import { Arbitrary, FastCheck, type Schema } from "effect"
import { describe, expect, it } from "vitest"
import { entries } from "../../../src/errors/Catalogue.js"
import { script as german } from "../../../src/texts/de/Script.js"
import { english } from "../../../src/texts/en/English.js"
import { translatedCodes } from "../../../src/texts/en/Failures.js"
import { failureVariants } from "../../../src/texts/en/FailureVariants.js"
import { script } from "../../../src/texts/en/Script.js"
import { script as spanish } from "../../../src/texts/es/Script.js"
import { script as french } from "../../../src/texts/fr/Script.js"
import { script as dutch } from "../../../src/texts/nl/Script.js"
import { textsIn, translations } from "../../../src/texts/Texts.js"
import { missing } from "../../../src/texts/Translation.js"

const scripts = { de: german, es: spanish, fr: french, nl: dutch }

describe.each(["de", "es", "fr", "nl"] as const)("the translation %s", (language) => {
  it("lacks no text of pages", () => {
    expect(missing(english, translations[language])).toEqual([])
  })

  it("lacks no text of the editor's script", () => {
    expect(missing(script, scripts[language])).toEqual([])
  })
})

describe("failures whose words are translated", () => {
  it.each(translatedCodes)("%s always has the same words", (code) => {
    const example = entries.find(({ info }) => info.code === code)?.example
    const { message, suggestion, troubleshooting } = example?.info ?? {
      message: "",
      suggestion: "",
      troubleshooting: []
    }
    const words = [message, suggestion, ...troubleshooting].join(" ")
    const data = Object.entries({ ...example }).flatMap(([name, value]) => (name === "_tag" ? [] : [String(value)]))
    expect(words).not.toBe("")
    for (const value of data) expect(words).not.toContain(value)
  })
})

describe("failures whose words depend on their data", () => {
  const codes = Object.keys(failureVariants) as ReadonlyArray<keyof typeof failureVariants>

  it.each(codes)("%s has words in every language, whatever its data", (code) => {
    const example = entries.find(({ info }) => info.code === code)?.example
    expect(example?.info.failure).toBe(example)
    const failures = Arbitrary.make(example?.constructor as unknown as Schema.Schema<never>)
    FastCheck.assert(
      FastCheck.property(failures, (failure) => {
        // A name from outside at the end of a text may end with a dot.
        FastCheck.pre(!/\.\s*"/.test(JSON.stringify(failure)))
        for (const language of ["en", "de", "es", "fr", "nl"]) {
          const { message, suggestion, troubleshooting } = textsIn(language).failureVariants[code](failure)
          for (const text of [message, suggestion, ...troubleshooting]) {
            expect(text).toMatch(/\S/)
            expect(text).not.toMatch(/undefined|\[object/)
            expect(text).not.toMatch(/[.]$/)
          }
        }
      }),
      { numRuns: 25 }
    )
  })
})
