import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { contentHtml } from "../../src/domain/Content.js"
import { documentOf, matches } from "../../src/domain/SearchDocument.js"
import { hitOf } from "../../src/domain/SearchHit.js"
import { parse } from "../../src/domain/SearchQuery.js"
import { errorInfo } from "../../src/errors/Catalogue.js"
import { post } from "../web/SamplePost.js"

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

  it("keeps addresses that leave the scheme to the page", () => {
    const kept = html(
      '<a href="//a.example/x">x</a><img src="//b.example/c.jpg" alt=""><video src="//c.example/d.mp4"></video>'
    )
    for (const url of ["https://a.example/x", "https://b.example/c.jpg", "https://c.example/d.mp4"]) {
      expect(kept).toContain(`"${url}"`)
    }
  })

  it("has none of the controls that HTML forbids", () => {
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

  it("does not take another version for it", () => {
    expect(matches(query("1.25.4"), documentOf(bookmark))).toBe(false)
    expect(matches(query('"v1"'), documentOf(post({ properties: { content: ["the v1 of it"] } })))).toBe(true)
  })

  it("marks what was found in titles, and parts headings from the text", () => {
    const article = post({
      properties: { name: ["Herons by the river"], content: [{ html: "<h2>Setup</h2><p>First heron.</p><p>Then</p>" }] }
    })
    const hit = hitOf(article, query("heron"))
    expect(hit.markedTitle?.filter(({ marked }) => marked)).toEqual([{ text: "Heron", marked: true }])
    expect(hit.snippet.map(({ text }) => text).join("")).toBe("Setup · First heron. Then")
  })

  it("says how to look for what begins with a minus", () => {
    const refused = Either.getOrThrow(Either.flip(parse("--force")))
    expect(errorInfo(refused).suggestion).toContain('"--force"')
    expect(matches(query('"--force"'), documentOf(post({ properties: { content: ["use --force"] } })))).toBe(true)
  })
})
