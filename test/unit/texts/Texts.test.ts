import { afterEach, describe, expect, it } from "vitest"
import { counting } from "../../../src/texts/Counted.js"
import { english } from "../../../src/texts/en/English.js"
import { marked, unmarked, withLanguages } from "../../../src/texts/Fallback.js"
import { directionOf } from "../../../src/texts/Language.js"
import { interfaceLanguage, speak, texts, textsIn } from "../../../src/texts/Texts.js"
import { completed, missing } from "../../../src/texts/Translation.js"

afterEach(() => speak("en"))

describe("texts", () => {
  it("are those of the language that was set last", () => {
    expect(texts.blog.archive).toBe("Archive")
    speak("ar")
    expect(texts.blog.archive).toBe(marked("Archive"))
    speak("en-AU")
    expect(texts.blog.archive).toBe("Archive")
  })

  it("are the same for all variants of a language", () => {
    expect(textsIn("de-AT")).toBe(textsIn("de"))
    expect(textsIn("en-GB")).toBe(english)
  })

  it("of the interface are English where the language has no translation", () => {
    expect(["de-AT", "en-US", "ar", "qqq"].map(interfaceLanguage)).toEqual(["de-AT", "en-US", "en", "en"])
  })
})

describe("a translation", () => {
  const source = {
    list: { title: "Posts", of: ({ name }: { readonly name: string }) => `Posts of ${name}` },
    both: (host: string) => ["Read on ", host] as const
  }
  const translation = { list: { title: "Beiträge" } }

  it("is completed by English texts, which are marked", () => {
    const made = completed(source, translation)
    expect(made.list.title).toBe("Beiträge")
    expect(made.list.of({ name: "Ana" })).toBe(marked("Posts of Ana"))
    expect(made.both("a.example")).toEqual([marked("Read on "), marked("a.example")])
  })

  it("names the texts that it lacks", () => {
    expect(missing(source, translation)).toEqual(["list.of", "both"])
    expect(missing(source, source)).toEqual([])
  })
})

describe("marks of English texts", () => {
  it("become elements with their language in the text of a page", () => {
    expect(withLanguages(`<p>${marked("Archive")} <b>${marked(`Posts since ${marked("May")}`)}</b></p>`)).toBe(
      '<p><span lang="en" dir="ltr">Archive</span> <b><span lang="en" dir="ltr">Posts since May</span></b></p>'
    )
  })

  it("disappear where an element has only text, and in attributes", () => {
    const field = `<input placeholder="${marked("Search")}"><title>${marked("Archive")} · Site</title>`
    expect(withLanguages(field)).toBe('<input placeholder="Search"><title>Archive · Site</title>')
    expect(unmarked(marked("Search"))).toBe("Search")
  })

  it("in the texts of visitors do no harm", () => {
    expect(withLanguages("<p>\ufdd0a<b>b\ufdd1</b>\ufdd1</p>")).toBe("<p>a<b>b</b></p>")
  })
})

describe("counts", () => {
  it("have the plural and the digits of their language", () => {
    const posts = { one: "# article", other: "# articles" }
    expect([0, 1, 2, 1234].map((count) => counting("fr")(count, posts))).toEqual([
      "0 article",
      "1 article",
      "2 articles",
      "1\u202f234 articles"
    ])
    expect(counting("de")(1234, { one: "# Beitrag", other: "# Beiträge" })).toBe("1.234 Beiträge")
  })
})

describe("the direction of a language", () => {
  it("is that of its script", () => {
    const languages = ["ar", "he-IL", "fa", "en", "de-AT", "az-Arab", "ur-Latn", "pt-BR"]
    expect(languages.map(directionOf)).toEqual(["rtl", "rtl", "rtl", "ltr", "ltr", "rtl", "ltr", "ltr"])
  })
})
