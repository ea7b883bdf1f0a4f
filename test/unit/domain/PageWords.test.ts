import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { contentHtml } from "../../../src/domain/posts/Content.js"
import { documentOf, matches } from "../../../src/domain/search/SearchDocument.js"
import { hitOf } from "../../../src/domain/search/SearchHit.js"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { post } from "../../fixtures/SamplePost.js"

const markdown = (text: string) => contentHtml({ format: "markdown", text })
const html = (text: string) => contentHtml({ format: "html", html: text })
const addresses = (text: string) => [...markdown(text).matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
const query = (text: string) => Either.getOrThrow(parse(text))

describe("P5: addresses in sentences of Chinese and Japanese", () => {
  it.each([
    ["详见https://example.com/a，然后https://example.com/b。", ["https://example.com/a", "https://example.com/b"]],
    ["（https://example.com/a）と「https://example.com/b」", ["https://example.com/a", "https://example.com/b"]],
    ["看 https://example.com/a、https://example.com/b！", ["https://example.com/a", "https://example.com/b"]],
    ["“https://example.com/a” …", ["https://example.com/a"]],
    ["see https://example.com/a, then.", ["https://example.com/a"]]
  ])("%s", (text, expected) => {
    expect(addresses(text)).toEqual(expected)
  })

  it("keep the letters that addresses have", () => {
    expect(addresses("https://zh.wikipedia.org/wiki/中国。好")).toEqual([
      "https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%9B%BD"
    ])
    expect(addresses("<https://example.com/a，b>")).toEqual(["https://example.com/a%EF%BC%8Cb"])
  })
})

describe("P6: HTML content as pages have it", () => {
  it("gives pictures without a description an empty one", () => {
    expect(html('<img src="/a.jpg">')).toContain('alt=""')
    expect(html('<img src="/b.jpg" alt="B">')).toContain('alt="B"')
  })

  it("keeps scheme-relative addresses", () => {
    const kept = html(
      '<a href="//a.example/x">x</a><img src="//b.example/c.jpg" alt=""><video src="//c.example/d.mp4"></video>'
    )
    for (const url of ["https://a.example/x", "https://b.example/c.jpg", "https://c.example/d.mp4"]) {
      expect(kept).toContain(`"${url}"`)
    }
  })

  const cell = (text: string) => `<tr><td>${text}</td></tr>`

  it.each([
    [
      "a row",
      "<table><tr>loose<td>a</td>end</tr></table>",
      "<table><tr><td>loose</td><td>a</td><td>end</td></tr></table>"
    ],
    [
      "a table",
      `<table>loose <b>bold</b>${cell("a")}end</table>`,
      `<table>${cell("loose <b>bold</b>")}${cell("a")}${cell("end")}</table>`
    ],
    [
      "a body",
      `<table><tbody>loose${cell("a")}</tbody></table>`,
      `<table><tbody>${cell("loose")}${cell("a")}</tbody></table>`
    ],
    [
      "a head",
      `<table><thead>loose${cell("a")}</thead></table>`,
      `<table><thead>${cell("loose")}${cell("a")}</thead></table>`
    ],
    [
      "a foot",
      `<table><tfoot>${cell("a")}loose</tfoot></table>`,
      `<table><tfoot>${cell("a")}${cell("loose")}</tfoot></table>`
    ],
    [
      "columns",
      `<table><colgroup>loose<col></colgroup>${cell("a")}</table>`,
      `<table>${cell("loose")}${cell("a")}</table>`
    ],
    [
      "a table with paragraphs",
      `<table><p>one</p><p>two</p>${cell("a")}</table>`,
      `<table>${cell("<p>one</p><p>two</p>")}${cell("a")}</table>`
    ],
    [
      "a row of a table in a table",
      `<table><tr><table><tr>x<td>y</td></tr></table><td>z</td></tr></table>`,
      "<table><tr><td><table><tr><td>x</td><td>y</td></tr></table></td><td>z</td></tr></table>"
    ],
    [
      "a row that was not closed",
      "<table><tr><td>1<tr>2<br>3<td>4</table>",
      "<table><tr><td>1</td></tr><tr><td>2<br />3</td><td>4</td></tr></table>"
    ]
  ])("keeps text directly in %s at its place, in a cell", (_, given, expected) => {
    expect(html(given)).toBe(expected)
    expect(html(expected)).toBe(expected)
  })

  it("leaves valid tables alone, white space and captions included", () => {
    const table = `<table>\n<caption>c</caption>\n<thead>\n${cell("h")}\n</thead>\n<tbody>\n${cell("a &lt; b")}\n</tbody>\n</table>`
    expect(html(table)).toBe(table)
  })

  it.each([
    ["<ul>loose<li>a</li>end</ul>", "<ul>loose<li>a</li>end</ul>"],
    ["<ol>loose<li>a</li></ol>", "<ol>loose<li>a</li></ol>"],
    ["<dl>loose<dt>a</dt>b<dd>c</dd></dl>", "<dl>loose<dt>a</dt>b<dd>c</dd></dl>"],
    ["<select>pick<option>one<option>two</select>", "<ul>pick<li>one</li><li>two</li></ul>"],
    ["<select><optgroup label=x><option>one</option></optgroup></select>", "<ul><li>x</li><li>one</li></ul>"],
    ["<textarea>a\n&lt;b&gt;</textarea>", "<pre>a\n&lt;b&gt;</pre>"],
    ["<xmp><b>as it is</b></xmp>after", "<pre>&lt;b&gt;as it is&lt;/b&gt;</pre>after"],
    ["<button>press</button> <label>name</label>", "press name"],
    ["a<datalist><option>one</datalist>b", "a<ul><li>one</li></ul>b"]
  ])("loses no text: %s", (given, expected) => {
    expect(html(given)).toBe(expected)
  })

  it.each([
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><script>alert(1)</script></xmp>",
    "<select><option><script>alert(1)</script></option></select>",
    "<table><tr><script>alert(1)</script><td></td></tr></table>",
    "<select><style><img src=x onerror=alert(1)></style></select>"
  ])("executes nothing: %s", (given) => {
    expect(html(given)).not.toMatch(/<(?:script|style|textarea|xmp|img[^>]*onerror)/i)
  })

  it("has no control characters that HTML forbids", () => {
    expect(html("a\u0085b\u009Fc")).toBe("abc")
    expect(markdown("a\u0085b")).toBe("<p>ab</p>")
  })
})

describe("P7: search knows what the page shows", () => {
  const bookmark = post({
    properties: {
      "bookmark-of": [
        { type: ["h-cite"], properties: { url: ["https://rivers.example/herons"], name: ["On wading birds"] } }
      ],
      "in-reply-to": ["https://other.example/thread/7"],
      photo: [{ value: "/media/a.jpg", alt: "A kingfisher on a branch" }],
      content: ["Released v1.25.3 today"]
    }
  })

  it.each([
    "herons",
    "rivers.example",
    "wading",
    "other.example/thread",
    "kingfisher",
    "1.25.3",
    "v1.25.3",
    "1.25",
    "25.3"
  ])("finds %s", (text) => {
    expect(matches(query(text), documentOf(bookmark))).toBe(true)
  })

  it("does not match another version number", () => {
    expect(matches(query("1.25.4"), documentOf(bookmark))).toBe(false)
    expect(matches(query('"v1"'), documentOf(post({ properties: { content: ["the v1 of it"] } })))).toBe(true)
  })

  it("marks matches in titles, and separates headings from the text", () => {
    const article = post({
      properties: { name: ["Herons by the river"], content: [{ html: "<h2>Setup</h2><p>First heron.</p><p>Then</p>" }] }
    })
    const hit = hitOf(article, query("heron"))
    expect(hit.markedTitle?.filter(({ marked }) => marked)).toEqual([{ text: "Heron", marked: true }])
    expect(hit.snippet.map(({ text }) => text).join("")).toBe("Setup · First heron. Then")
  })

  it("says how to search for a word that begins with a minus", () => {
    const refused = Either.getOrThrow(Either.flip(parse("--force")))
    expect(refused.info.suggestion).toContain('"--force"')
    expect(matches(query('"--force"'), documentOf(post({ properties: { content: ["use --force"] } })))).toBe(true)
  })
})
