import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import {
  pathIn,
  picturesIn,
  pictureText,
  placeholder,
  placeholderName,
  removed,
  thumbnail,
  withoutPlaceholders
} from "../../../src/browser/editor/TextPictures.js"
import { contentHtml } from "../../../src/domain/posts/Content.js"

const path = `/media/${"0123456789abcdef".repeat(2)}-1600x1200.jpg`

describe("the site's own pictures in a text", () => {
  it("are found with description and title, others are not", () => {
    const text = `![A [b] \\] c](${path} "T \\" t") ![x](https://other.example/a.jpg) ![](https://me.example${path})`
    expect(picturesIn(text)).toEqual([
      { start: 0, end: text.indexOf(" ![x]"), url: path, alt: "A [b] ] c", title: ' "T \\" t"' },
      expect.objectContaining({ url: `https://me.example${path}`, alt: "", title: "" })
    ])
    expect(pathIn(`https://me.example${path}`)).toBe(path)
    expect(thumbnail(`https://me.example${path}`)).toBe(
      `https://me.example${path.replace("1600x1200.jpg", "320x240.webp")}`
    )
    expect(thumbnail("/favicon.svg")).toBe("/favicon.svg")
  })

  it("have any description, and the page shows the same", () => {
    const unit = FastCheck.constantFrom(..."ab []\\()\"'é🎉.*_`<>&~=!;#x")
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ maxLength: 20, unit }), (typed) => {
        const alt = typed.replace(/\s+/g, " ").trim()
        const text = pictureText(path, typed)
        expect(picturesIn(`a ${text} b`).map((found) => [found.alt, found.url])).toEqual([[alt, path]])
        const shown = /alt="([^"]*)"/.exec(contentHtml({ format: "markdown", text }))?.[1]
        expect(
          shown?.replace(
            /&(quot|lt|gt|amp);/g,
            (_, name) => ({ quot: '"', lt: "<", gt: ">", amp: "&" })[String(name)] ?? ""
          )
        ).toBe(alt)
      })
    )
  })
})

describe("a picture on its way", () => {
  it("has a placeholder of its own, which is neither saved nor kept", () => {
    expect(placeholderName("a [1](2).jpg", "")).toBe("a 1 2 .jpg")
    const first = placeholder(placeholderName("a.jpg", ""))
    const second = placeholder(placeholderName("a.jpg", first))
    expect([first, second]).toEqual(["![Uploading a.jpg…]()", "![Uploading a.jpg 2…]()"])
    expect(withoutPlaceholders(`One\n\n${first}\n\n${second}\n\nTwo`)).toBe("One\n\nTwo")
  })

  it("leaves no gap when it is cancelled", () => {
    const { end, start } = { start: 5, end: 8 }
    const value = "One\n\nXXX\n\nTwo"
    const change = removed(value, start, end)
    expect(`${value.slice(0, change.start)}${value.slice(change.end)}`).toBe("One\n\nTwo")
  })
})
