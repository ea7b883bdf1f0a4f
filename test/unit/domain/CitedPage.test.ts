import { describe, expect, it } from "vitest"
import { citationOf } from "../../../src/domain/posts/Citation.js"
import {
  addressesToRead,
  citedPage,
  type ReadablePage,
  saysSomething,
  withPage
} from "../../../src/domain/posts/CitedPage.js"

const address = "https://other.example/post"

const page = ({
  items = [],
  metas = {},
  title
}: {
  readonly items?: ReadablePage["items"]
  readonly metas?: Record<string, string>
  readonly title?: string
}) => citedPage(address, { items, metas: new Map(Object.entries(metas)), title })

const entry = (properties: Record<string, ReadonlyArray<unknown>>) => [
  { type: ["h-card"], properties: { name: ["Not this"] } },
  { type: ["h-entry"], properties }
]

describe("what a cited page says about itself", () => {
  it("is its entry's name, author and text", () => {
    const author = { type: ["h-card"], properties: { name: ["Ann"], url: ["https://ann.example/"] }, value: "Ann" }
    const content = { html: "<p>Flour</p>", value: "Flour,\n water" }
    expect(page({ items: entry({ name: ["On bread"], author: [author], content: [content] }), title: "Site" })).toEqual(
      {
        address,
        name: "On bread",
        author: { name: "Ann", url: "https://ann.example/" },
        excerpt: "Flour, water"
      }
    )
  })

  it("has no title for a note, whose name is its text", () => {
    expect(
      page({ items: entry({ name: ["Flour, water"], content: ["Flour, water and time"] }), title: "Ann on X" })
    ).toEqual({
      address,
      excerpt: "Flour, water and time"
    })
  })

  it("is OpenGraph without an entry, and the title without that", () => {
    expect(page({ metas: { "og:title": "OG", "og:description": "About", author: "Bob" }, title: "T" })).toEqual({
      address,
      name: "OG",
      author: { name: "Bob" },
      excerpt: "About"
    })
    expect(page({ title: "  Only\n title " })).toEqual({ address, name: "Only title" })
    expect(saysSomething(page({ title: "   " }))).toBe(false)
  })

  it("is short, on one line, and links to the web only", () => {
    const hostile = page({
      items: entry({
        name: [`${"a ".repeat(10_000)}`],
        content: ["x".repeat(100_000)],
        author: [{ type: ["h-card"], properties: { name: ["Eve"], url: ["javascript:alert(1)"] } }]
      }),
      metas: { author: "https://eve.example" }
    })
    expect(hostile.name?.length).toBeLessThanOrEqual(200)
    expect(hostile.excerpt?.length).toBeLessThanOrEqual(300)
    expect(hostile.author).toEqual({ name: "Eve" })
    expect(page({ metas: { author: "https://eve.example" }, title: "T" })).toEqual({ address, name: "T" })
    expect(
      page({ items: [{ type: ["h-entry"], properties: { name: [{ toString: 1 }, null], author: [[]] } }] })
    ).toEqual({ address })
  })
})

describe("addresses to read", () => {
  it("are those of other sites that a post only names", () => {
    expect(
      addressesToRead({
        "in-reply-to": [address, address, "/own", "mailto:a@b.example", `https://x.example/${"a".repeat(3_000)}`],
        "like-of": [{ type: ["h-cite"], properties: { name: ["Named"], url: ["https://named.example/"] } }],
        "bookmark-of": [{ type: ["h-cite"], properties: { url: ["https://cited.example/"] } }],
        content: ["https://text.example/"]
      })
    ).toEqual([address, "https://cited.example/"])
    expect(addressesToRead({ "like-of": [1, 2, 3, 4, 5].map((n) => `https://${n}.example/`) })).toHaveLength(3)
  })
})

describe("a citation with its page", () => {
  it("gets name, author and text, unless the post names it itself", () => {
    const pages = [{ address, name: "On bread", author: { name: "Ann" }, excerpt: "Flour" }]
    const bare = citationOf(address)
    const named = citationOf({ type: ["h-cite"], properties: { name: ["Mine"], url: [address] } })
    expect(bare && withPage(bare, pages)).toEqual({
      type: "h-cite",
      name: "On bread",
      url: address,
      authors: [{ name: "Ann", url: undefined }],
      excerpt: "Flour"
    })
    expect(named && withPage(named, pages)).toBe(named)
  })
})
