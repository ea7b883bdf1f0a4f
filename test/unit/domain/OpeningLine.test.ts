import { describe, expect, it } from "vitest"
import { citationName, citationOf } from "../../../src/domain/posts/Citation.js"
import { openingLine } from "../../../src/domain/posts/Line.js"
import { nestedTexts } from "../../../src/domain/posts/Nested.js"

describe("S2: texts on one line", () => {
  const long = "a\n b ".repeat(250_000)

  it("are read up to ten thousand characters", () => {
    expect(openingLine(long)).toHaveLength(7_999)
    expect(openingLine(" \n".repeat(1_000_000))).toBe("")
    expect(openingLine(" a\u0000b\n\nc ")).toBe("a b c")
  })

  it("are shown cut, in any container", () => {
    for (const value of [long, { value: long }, { type: ["h-cite"], properties: { name: [long] } }]) {
      const cited = citationOf(value)
      expect(cited === undefined ? 0 : citationName(cited).length).toBeGreaterThan(100)
      expect(cited === undefined ? 0 : citationName(cited).length).toBeLessThanOrEqual(2_000)
    }
    expect(nestedTexts({ properties: { name: [long] } }, "name")[0]?.length).toBeLessThanOrEqual(2_000)
  })
})
