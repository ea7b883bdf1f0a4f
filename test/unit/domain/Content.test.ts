import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { plainText } from "../../../src/domain/markdown/PlainText.js"
import { type Content, contentHtml, contentOf } from "../../../src/domain/posts/Content.js"
import { excerptOf, tagsOf, textOf } from "../../../src/domain/posts/Post.js"
import { renderingOf } from "../../../src/domain/posts/Rendering.js"
import { attacks } from "../../fixtures/Attacks.js"

const markdown = (text: string) => contentHtml({ format: "markdown", text })
const html = (text: string) => contentHtml({ format: "html", html: text })

const forbidden =
  /^<\/?(?:script|style|iframe|object|embed|form|input|svg|math|base|meta|link|template|noscript|textarea)\b|\son\w+|\sstyle\b/i
const leavesTheWeb = /(?:href|src|poster|cite)="\s*(?:javascript|vbscript|data|file|blob):/i

/** Tags that would run, frame, restyle or leave the web. What stands in text or in a quoted value is harmless. */
const live = (output: string) =>
  (output.match(/<(?:"[^"]*"|[^">])*>/g) ?? []).filter(
    (tag) => forbidden.test(tag.replace(/"[^"]*"/g, '""')) || leavesTheWeb.test(tag)
  )

describe("hostile content", () => {
  it.each(attacks)("%s leaves nothing active, as Markdown or as HTML", (attack) => {
    expect(live(markdown(attack))).toEqual([])
    expect(live(html(attack))).toEqual([])
  })

  it.prop(
    "leaves nothing executable in any mixture",
    [
      FastCheck.array(
        FastCheck.oneof(FastCheck.constantFrom(...attacks), FastCheck.fullUnicodeString({ maxLength: 8 }))
      )
    ],
    ([pieces]) => {
      expect(live(markdown(pieces.join("")))).toEqual([])
      expect(live(html(pieces.join("")))).toEqual([])
    }
  )

  it("ten thousand levels of nesting and endless unclosed marks are rendered", () => {
    const deep = "<div>".repeat(10_000)
    expect(html(deep).length).toBeLessThan(1_000)
    expect(plainText(html(`${deep}text`))).toContain("text")
    expect(() => markdown("> ".repeat(10_000))).not.toThrow()
    expect(() => markdown("[".repeat(20_000))).not.toThrow()
  })
})

describe("legitimate content", () => {
  it("Markdown keeps its meaning, its line breaks and its addresses", () => {
    expect(markdown("**bold** and\nhttps://example.com/a")).toBe(
      '<p><strong>bold</strong> and<br>\n<a href="https://example.com/a">https://example.com/a</a></p>'
    )
    expect(markdown("README.md is a file")).toBe("<p>README.md is a file</p>")
    expect(markdown("<b>shown</b>")).toBe("<p>&lt;b&gt;shown&lt;/b&gt;</p>")
  })

  it("tables are aligned by class, because no inline style is allowed", () => {
    const table = markdown("| a |\n| -: |\n| 1 |")
    expect(table).toContain('<td class="align-right">1</td>')
    expect(table).not.toContain("style")
  })

  it("HTML keeps text markup, tables, figures and media", () => {
    const kept =
      '<p>This has <b>bold</b> and <i>italic</i> <a href="/tag/x">here</a></p>' +
      '<figure><img src="https://a.example/x.png" alt="X" /><figcaption>X</figcaption></figure>' +
      '<pre><code class="language-ts">a &lt; b</code></pre><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    expect(html(kept)).toBe(kept)
  })

  it.each<[unknown, Content | undefined]>([
    ["text", { format: "markdown", text: "text" }],
    [
      { html: "<b>x</b>", value: "x" },
      { format: "html", html: "<b>x</b>" }
    ],
    [{ markdown: "*x*" }, { format: "markdown", text: "*x*" }],
    [{ value: "x" }, { format: "markdown", text: "x" }]
  ])("detects content in %j", (value, content) => {
    expect(contentOf({ content: [value as string] })).toEqual(content)
  })

  it("is absent when there is none", () => {
    expect(contentOf({})).toBeUndefined()
    expect(textOf({ rendering: renderingOf({}) })).toBe("")
  })
})

describe("plain text", () => {
  it("has no markup and no addresses", () => {
    const properties = {
      content: ["# Title\n\nSome *words* and [a link](https://a.example/).\n\n- one\n- two\n\n| h |\n|-|\n| c |"]
    }
    expect(textOf({ rendering: renderingOf(properties) })).toBe("Title\nSome words and a link.\none\ntwo\nh\nc")
  })

  it("includes quotations", () => {
    expect(plainText("<p>Before</p><blockquote><p>quoted</p></blockquote><p>after</p>")).not.toContain(">")
  })

  it("keeps the lines of code, and a line for each term, caption and summary", () => {
    expect(plainText("<p>a\nb</p><pre><code>c\n  d\n</code></pre>")).toBe("a b\nc\nd")
    expect(plainText("<dl><dt>One</dt><dd>Two</dd></dl><figure><figcaption>Three</figcaption></figure>")).toBe(
      "One\nTwo\nThree"
    )
    expect(plainText("<details><summary>More</summary>hidden</details>")).toBe("More\nhidden")
  })

  it("has the signs that entities stand for, and no marks of footnotes", () => {
    expect(plainText("&lt;b&gt; &amp;amp; &quot;x&quot; &#x41;&#66;&nbsp;c &unknown; &#x110000;")).toBe(
      '<b> &amp; "x" AB c &unknown; &#x110000;'
    )
    expect(plainText('a<sup class="footnote-ref"><a href="#1">[<sup>1</sup>]</a></sup> b <sup>2</sup>')).toBe("a b 2")
  })

  it("is the whole of a text of any length, without a word on the console", () => {
    const long = "word ".repeat(1_000_000).trim()
    expect(plainText(`<p>${long}</p>`)).toBe(long)
  })

  it("keeps the labels of groups of options, and of options without text", () => {
    const select =
      '<select><optgroup label="Fruit &amp; nuts"><option>Apple</option> <option value="n" label=Nut></option></optgroup></select>'
    expect(plainText(html(select))).toBe("Fruit & nuts\nApple\nNut")
    expect(live(html('<optgroup label="&lt;script&gt;alert(1)&lt;/script&gt;">x'))).toEqual([])
  })

  it("excerpts are cut between words", () => {
    const post = { rendering: renderingOf({ content: ["The quick brown fox jumps"] }) }
    expect(excerptOf(post, 100)).toBe("The quick brown fox jumps")
    expect(excerptOf(post, 12)).toBe("The quick…")
  })
})

describe("tags", () => {
  it("are folded, kept in order, and unique", () => {
    const properties = {
      category: [
        "IndieWeb",
        "#indieweb",
        "Free Software",
        "ÉTÉ",
        " ",
        { type: ["h-card"], properties: { name: ["P"] } },
        "a/b"
      ]
    }
    expect(tagsOf({ properties })).toEqual([
      { tag: "indieweb", label: "IndieWeb" },
      { tag: "free-software", label: "Free Software" },
      { tag: "été", label: "ÉTÉ" },
      { tag: "a-b", label: "a/b" }
    ])
  })
})
