import { describe, expect, it } from "@effect/vitest"
import { proseIn } from "../../../scripts/prose.mjs"

const found = (markup: string) => proseIn("Page.tsx", `const page = (${markup})`).map(({ text }) => text)

describe("the check of words in markup", () => {
  it.each([
    ["text", "<p>\n  Write a\n  post\n</p>", "Write a post"],
    ["a text in braces", '<p>{"Write"}</p>', "Write"],
    ["a label for screen readers", '<nav aria-label="Pages" />', "Pages"],
    ["an attribute in braces", "<img alt={`A cat`} />", "A cat"],
    ["text in another language than the site's", '<p lang="de">Hallo</p>', "Hallo"]
  ])("finds %s", (_, markup, text) => {
    expect(found(markup)).toEqual([text])
  })

  it.each([
    ["code", "<code>npm start</code>"],
    ["marked English", '<div lang="en" dir="ltr"><p>Run it again</p></div>'],
    ["names, numbers and punctuation", "<p>StarPunk · 3 – UTC</p>"],
    ["an address as an example", '<input placeholder="https://me.example/about" />'],
    ["attributes that nobody reads", '<p class="lead text" id="first line" />'],
    ["texts from src/texts", "<p title={texts.blog.list}>{texts.blog.list}</p>"]
  ])("accepts %s", (_, markup) => {
    expect(found(markup)).toEqual([])
  })
})
