import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { readGhostPost } from "../../../../src/domain/archive/exports/GhostPost.js"
import {
  withEmbeddedLinks,
  withoutBlockComments,
  withParagraphs
} from "../../../../src/domain/archive/exports/Paragraphs.js"
import { readWordPressItem } from "../../../../src/domain/archive/exports/WordPressItem.js"
import { contentHtml } from "../../../../src/domain/posts/Content.js"

const item = (texts: Readonly<Record<string, string>>) => ({
  texts: new Map(Object.entries({ "wp:post_type": "post", "wp:post_id": "1", ...texts })),
  tags: [],
  categories: [],
  meta: new Map<string, string>(),
  comments: 0
})

const fieldsOf = (texts: Readonly<Record<string, string>>): Record<string, unknown> => {
  const read = readWordPressItem(item(texts), new Map())
  return "text" in read ? JSON.parse(read.text.split("\n")[1] ?? "") : {}
}

describe("paragraphs of WordPress's classic editor", () => {
  it.each([
    ["a\n\nb", "<p>a</p>\n<p>b</p>"],
    ["a\nb", "<p>a<br>\nb</p>"],
    ["a\r\n\r\n\r\nb\r\n", "<p>a</p>\n<p>b</p>"],
    ["<h2>A</h2>\ntext", "<h2>A</h2>\n<p>text</p>"],
    ["<blockquote>a\n\nb</blockquote>c", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>"],
    ["<pre>a\n\n<b>b</b></pre>", "<pre>a\n\n<b>b</b></pre>"],
    ["<p>a\n\nb</p>", "<p>a\nb</p>"],
    ["<!--more-->\n\nrest", "<!--more-->\n<p>rest</p>"],
    ["https://example.org/a?b=1", '<p><a href="https://example.org/a?b=1">https://example.org/a?b=1</a></p>'],
    ["[caption]<img src=a>b[/caption]", "[caption]<img src=a>b[/caption]"]
  ])("%j becomes %j", (given, made) => {
    expect(withParagraphs(given)).toBe(made)
  })

  it("keeps lists and tables as they are", () => {
    const list = "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>"
    expect(withParagraphs(list)).not.toContain("<p>")
    expect(withParagraphs("<table><tr><td>a</td></tr></table>")).not.toContain("<p>")
  })

  it("loses no text", () => {
    const words = (html: string) =>
      html
        .replace(/<[^>]*>/g, " ")
        .split(/\s+/)
        .filter((word) => word !== "")
        .join(" ")
    const part = FastCheck.constantFrom(
      "a",
      "\n",
      "\n\n",
      "<p>",
      "</p>",
      "<pre>",
      "</div>",
      "<li>b",
      "<!--",
      "-->",
      " "
    )
    FastCheck.assert(
      FastCheck.property(FastCheck.array(part, { maxLength: 30 }), (parts) => {
        const given = parts.join("")
        const plain = given.replaceAll(/<!--|-->/g, "")
        expect(words(withParagraphs(plain))).toBe(words(plain))
      })
    )
  })

  // Quadratic time would take hours for this.
  it.each(["<pre>", "</pre>", "<p ", "\n", " \n", "<!--", "<blockquote>", '[gallery ids="', ">\n", "<div\n"])(
    "takes linear time for repeated %j",
    (repeated) => {
      const given = repeated.repeat(100_000)
      expect(withEmbeddedLinks(withoutBlockComments(withParagraphs(given)))).toBeTypeOf("string")
    }
  )

  it("removes comments of the block editor only", () => {
    expect(withoutBlockComments('<!-- wp:a {"b":"\\u003e"} -->x<!-- /wp:a --><!--more--><!-- note -->')).toBe(
      "x<!--more--><!-- note -->"
    )
    expect(withoutBlockComments("<!-- wp:a")).toBe("<!-- wp:a")
  })
})

describe("an item of a WordPress export", () => {
  it.each([
    ["2014-03-05 21:30:00", "2014-03-05 20:30:00", "2014-03-05T21:30:00+01:00"],
    ["2014-03-05 15:00:00", "2014-03-05 20:30:00", "2014-03-05T15:00:00-05:30"],
    ["2014-03-05 21:30:00", "0000-00-00 00:00:00", "2014-03-05T21:30:00"],
    ["0000-00-00 00:00:00", "2014-03-05 20:30:00", "2014-03-05T20:30:00Z"],
    ["2014-03-05 21:30:00", "2001-01-01 00:00:00", "2001-01-01T00:00:00Z"],
    ["nonsense", "", undefined]
  ])("reads %s, %s as %s", (local, universal, date) => {
    expect(fieldsOf({ "wp:post_date": local, "wp:post_date_gmt": universal }).date).toBe(date)
  })

  it("is a file whose path the export cannot choose", () => {
    for (const name of ["../../etc/passwd", "a/b", "", "%2e%2e%2f", ".", "x".repeat(5_000), "日本"]) {
      const read = readWordPressItem(
        item({ "wp:post_name": name, "wp:post_id": "../7", "wp:post_date": name }),
        new Map()
      )
      expect("path" in read && read.path).toMatch(/^posts\/(?:undated|\d{4})\/[a-z0-9-]{1,100}\.html$/)
    }
  })

  it("never contains the password, nor an unknown status as public", () => {
    expect(fieldsOf({ "wp:post_password": "sesame", "wp:status": "publish" })).toMatchObject({ password: true })
    expect(fieldsOf({})).toMatchObject({ status: "draft" })
  })

  it("replaces a gallery by its pictures, with their descriptions", () => {
    const read = readWordPressItem(
      item({ "content:encoded": '[gallery columns="2" ids="3, 4"]' }),
      new Map([["3", { url: 'https://a.example/"><script>', alt: "<b>" }]])
    )
    const html = "text" in read ? read.text.split(";;;\n")[2] : ""
    expect(contentHtml({ format: "html", html: html ?? "" })).toBe(
      '<figure><img src="https://a.example/&quot;&gt;&lt;script&gt;" alt="&lt;b&gt;" /></figure>'
    )
  })
})

describe("a post of a Ghost export", () => {
  const none = { tags: new Map(), meta: new Map() }
  it.each([
    [{ published_at: 1_400_000_000_000, status: "published" }, "2014-05-13T16:53:20.000Z"],
    [{ published_at: "2014-05-13 16:53:20", status: "published" }, "2014-05-13T16:53:20.000Z"],
    [{ created_at: "2014-05-13T16:53:20.000Z", status: "draft" }, "2014-05-13T16:53:20.000Z"],
    [{ created_at: "2014-05-13T16:53:20.000Z", status: "published" }, undefined],
    [{ published_at: "nonsense", status: "published" }, undefined]
  ])("of %j has the date %s", (row, date) => {
    const read = readGhostPost({ id: 1, slug: "a", html: "<p>a</p>", ...row }, none)
    expect("text" in read && JSON.parse(read.text.split("\n")[1] ?? "").date).toBe(date)
  })

  it("is no post if it is no row", () => {
    for (const row of [null, 7, "a", []]) expect(readGhostPost(row, none)).toHaveProperty("passedOver")
  })
})
