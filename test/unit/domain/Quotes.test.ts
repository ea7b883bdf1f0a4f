import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { articleHtml, documentHtml, noteHtml } from "../../../src/domain/markdown/Markdown.js"
import { type QuoteConvention, quoteConvention } from "../../../src/domain/markdown/Quotes.js"
import { contentHtml } from "../../../src/domain/posts/Content.js"
import { kindOf } from "../../../src/domain/posts/PostKind.js"
import { quotesOfSite, renderingOf } from "../../../src/domain/posts/Rendering.js"

const inside = (text: string, quotes: QuoteConvention) =>
  noteHtml(text, quotes)
    .trim()
    .replace(/^<p>|<\/p>$/g, "")

describe("typographic quotes", () => {
  it.each([
    ["en", "“She said ‘no’ to me,” it’s said."],
    ["en-US", "“She said ‘no’ to me,” it’s said."],
    ["nl-BE", "“She said ‘no’ to me,” it’s said."],
    ["de", "„She said ‚no‘ to me,“ it’s said."],
    ["de-CH", "«She said ‹no› to me,» it’s said."],
    ["fr-CA", "«\u202FShe said “no” to me,\u202F» it’s said."],
    ["es", "«She said “no” to me,» it’s said."],
    ["ja", `"She said 'no' to me," it's said.`.replaceAll('"', "&quot;")]
  ])("follow the convention of %s", (language, expected) => {
    expect(inside(`"She said 'no' to me," it's said.`, quoteConvention(language))).toBe(expected)
  })

  it.each([
    ["it's the '90s, 'tis", "it’s the ’90s, ’tis"],
    [`5' 6" tall`, "5' 6&quot; tall"],
    [`("in brackets")`, "(“in brackets”)"],
    [`*"emphasis"* and "**strong** words"`, "<em>“emphasis”</em> and “<strong>strong</strong> words”"],
    [`"[a link](/a)"`, '“<a href="/a">a link</a>”'],
    ['"`code`"', "“<code>code</code>”"],
    [`\\"as typed\\"`, "&quot;as typed&quot;"],
    [`"no end`, "&quot;no end"],
    [`"a\nb"`, "“a<br>\nb”"],
    ["l'homme d'un \"mot\"", "l’homme d’un “mot”"],
    [`https://example.org/it's "x"`, "<a href=\"https://example.org/it's\">https://example.org/it's</a> “x”"]
  ])("turn %s into %s", (text, expected) => {
    expect(inside(text, "english")).toBe(expected)
  })

  it("stay straight in code, in descriptions and in HTML", () => {
    for (const text of ['`"a" it\'s`', '```\n"a" it\'s\n```', '    "a" it\'s', `![it's "a"](/media/x.jpg)`]) {
      expect(noteHtml(text, "english"), text).toBe(noteHtml(text))
    }
    expect(documentHtml(`It's <code>it's "a"</code> "b"`, "english")).toContain(`It’s <code>it's "a"</code> “b”`)
    expect(articleHtml(`<kbd>"</kbd> "b"`, "english")).toContain(`<kbd>"</kbd> “b”`)
    expect(contentHtml({ format: "html", html: `<p>It's "a"</p>` }, "english")).toContain(`It's "a"`)
  })

  it("leave the ids of headings as they are", () => {
    const text = `# "A" heading, it's 'here'`
    const ids = (["none", "english", "german", "swiss", "french", "spanish"] as const).map(
      (quotes) => / id="([^"]*)"/.exec(contentHtml({ format: "markdown", text }, quotes))?.[1]
    )
    expect(new Set(ids)).toEqual(new Set(["a-heading-its-here"]))
  })

  it("follow the language of the post before that of the site", () => {
    const properties = { content: [`"a"`], lang: ["de"] }
    expect(renderingOf(properties, "en").html).toContain("„a“")
    expect(quotesOfSite(properties, "en")).toBe("")
    expect(renderingOf({ ...properties, lang: ["no language"] }, "fr").text).toBe("« a »")
    expect(quotesOfSite({ content: [`"a"`] }, "fr-CH")).toBe("french")
    expect(quotesOfSite({ content: ["a"] }, "fr")).toBe("")
    expect(quotesOfSite({ content: [{ html: `"a"` }] }, "fr")).toBe("")
  })

  it("do not make an article of a note whose client sends its beginning as its name", () => {
    const properties = { name: [`He said "yes" and it's`], content: [`He said "yes" and it's done`] }
    for (const language of ["en", "de", "fr"]) {
      const rendering = renderingOf(properties, language)
      expect(kindOf({ type: "h-entry", properties, rendering }), language).toBe("note")
    }
  })

  it.prop(
    "change nothing but quotes",
    {
      text: FastCheck.array(
        FastCheck.constantFrom(
          ...[`"`, "'", "a", " ", "`", "*", "\n", "1", "(", ".", "[", "](/b)", "\\", "<", "<kbd>", "</kbd>", "é"]
        )
      )
    },
    ({ text }) => {
      const plain = (html: string) => html.replace(/[“”‘’«»„‚‹›\u202F"']|&quot;/g, "")
      const source = text.join("")
      for (const quotes of ["english", "french"] as const) {
        expect(plain(noteHtml(source, quotes))).toBe(plain(noteHtml(source)))
      }
    }
  )

  it("take linear time", () => {
    const time = (text: string) => {
      const { user } = process.cpuUsage()
      noteHtml(text, "english")
      return process.cpuUsage().user - user
    }
    for (const part of ["'a ", `"a `, `'a "b `, `a" b' `, `*"* `]) {
      const text = part.repeat(20_000)
      const plain = process.cpuUsage().user
      noteHtml(text)
      const without = process.cpuUsage().user - plain
      // A quadratic search takes minutes.
      expect(time(text), part).toBeLessThan(5 * without + 1_000_000)
    }
    const mixed = `${"'a ".repeat(20_000)}${'b" '.repeat(20_000)}`
    expect(time(mixed)).toBeLessThan(2_000_000)
  })
})
