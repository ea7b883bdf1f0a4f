import { describe, expect, it } from "vitest"
import { emptyForm } from "../../../src/domain/editor/PostForm.js"
import { asShared } from "../../../src/domain/editor/SharedForm.js"

const shared = (given: { readonly name?: string; readonly content?: string; readonly "bookmark-of"?: string }) => {
  const { content, name, ...form } = asShared({ ...emptyForm, ...given })
  return { name, content, bookmark: form["bookmark-of"] }
}

const bookmark = "https://other.example/a"

describe("what a phone shares", () => {
  it.each([
    [
      { name: "Title", content: bookmark },
      { name: "Title", content: "", bookmark }
    ],
    [{ content: `Title ${bookmark}` }, { name: "Title", content: "", bookmark }],
    [
      { name: "Title", content: `Title\n${bookmark}` },
      { name: "Title", content: "", bookmark }
    ],
    [
      { name: "Title", content: "Said\nmore", "bookmark-of": bookmark },
      { name: "Title", content: "Said\nmore", bookmark }
    ],
    [{ content: `One line\nand another ${bookmark}` }, { name: "", content: "One line\nand another", bookmark }],
    [{ content: bookmark }, { name: "", content: "", bookmark }]
  ])("is a bookmark if it has the address of a page: %j", (given, expected) => {
    expect(shared(given)).toEqual(expected)
  })

  it.each([
    [
      { name: "IMG_1234.jpg", content: "" },
      { name: "", content: "", bookmark: "" }
    ],
    [{ content: "  Just words " }, { name: "", content: "Just words", bookmark: "" }],
    [
      { content: "javascript:alert(1)", "bookmark-of": "javascript:alert(1)" },
      { name: "", content: "javascript:alert(1)", bookmark: "" }
    ],
    [{ content: `${bookmark} and more` }, { name: "", content: `${bookmark} and more`, bookmark: "" }]
  ])("is a text otherwise: %j", (given, expected) => {
    expect(shared(given)).toEqual(expected)
  })

  it("is read in linear time", () => {
    const long = "a".repeat(4_000_000)
    expect(shared({ content: `${long} b` })).toEqual({ name: "", content: `${long} b`, bookmark: "" })
    expect(shared({ content: `${long} ${bookmark}` }).bookmark).toBe(bookmark)
  })
})
