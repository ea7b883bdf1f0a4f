import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { readTags, showTags } from "../../../src/domain/posts/TagList.js"

describe("a line of tags", () => {
  it.each([
    ["", []],
    ["  ,, , ", []],
    ["css", ["css"]],
    ["New York", ["New York"]],
    ["css html, New York", ["css html", "New York"]],
    ["slow web, css", ["slow web", "css"]],
    ["slow web,", ["slow web"]],
    ["#indieweb, #notes", ["indieweb", "notes"]],
    ["日本語、, 中文", ["日本語、", "中文"]],
    ['"Smith, John", css', ["Smith, John", "css"]],
    ['12" vinyl, css', ['12" vinyl', "css"]],
    ['"never closed, css', ['"never closed', "css"]]
  ])("%j is read as %j", (line, labels) => {
    expect(readTags(line)).toEqual(labels)
  })

  it("keeps any label unchanged", () => {
    const label = FastCheck.string({ minLength: 1, maxLength: 12, unit: "grapheme" })
      .map((text) => text.replace(/\s+/g, " ").trim())
      .filter((text) => text !== "")
    FastCheck.assert(
      FastCheck.property(FastCheck.array(label, { maxLength: 6 }), (labels) => {
        expect(readTags(showTags(labels))).toEqual(labels)
      }),
      { examples: [[["a b"]], [["#a"]], [['"']], [["a,b"]], [['a"b, c']], [["#"]]] }
    )
  })
})
