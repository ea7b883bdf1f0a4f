import { describe, expect, it } from "vitest"
import { entries } from "../../../src/errors/Catalogue.js"
import { script as german } from "../../../src/texts/de/Script.js"
import { english } from "../../../src/texts/en/English.js"
import { translatedCodes } from "../../../src/texts/en/Failures.js"
import { script } from "../../../src/texts/en/Script.js"
import { script as spanish } from "../../../src/texts/es/Script.js"
import { script as french } from "../../../src/texts/fr/Script.js"
import { script as dutch } from "../../../src/texts/nl/Script.js"
import { translations } from "../../../src/texts/Texts.js"
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
