import { describe, expect, it } from "@effect/vitest"
import { shallow } from "../../../src/domain/ShallowPage.js"

describe("An untrusted page, made safe for a parser that builds a tree", () => {
  it("is unchanged at a plausible depth", () => {
    const page = `<!doctype html><html><body>${"<div>".repeat(50)}<a class="u-url" href="/">App</a>${"</div>".repeat(50)}`
    expect(shallow(page)).toBe(page)
  })

  it("ends before its nesting is too deep, for any element", () => {
    for (const tag of ["div", "b", "font", "svg", "table"]) {
      const kept = shallow(`<p class="h-app">App</p>${`<${tag}>`.repeat(50_000)}`)
      expect(kept).toContain("h-app")
      expect(kept.split(`<${tag}>`).length - 1, tag).toBeLessThanOrEqual(100)
    }
  })

  it("ends at a bounded length", () => {
    expect(shallow("<i></i>".repeat(100_000)).length).toBe(65_536)
  })
})
