import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { shallow } from "../../../src/domain/ShallowPage.js"

describe("An untrusted page, made safe for a parser that builds a tree", () => {
  it.effect("is unchanged at a plausible depth", () =>
    Effect.gen(function* () {
      const page = `<!doctype html><html><body>${"<div>".repeat(50)}<a class="u-url" href="/">App</a>${"</div>".repeat(50)}`
      expect(yield* shallow(page)).toBe(page)
    })
  )

  it.effect("ends before its nesting is too deep, for any element", () =>
    Effect.gen(function* () {
      for (const tag of ["div", "b", "font", "svg", "table"]) {
        const kept = yield* shallow(`<p class="h-app">App</p>${`<${tag}>`.repeat(50_000)}`)
        expect(kept).toContain("h-app")
        expect(kept.split(`<${tag}>`).length - 1, tag).toBeLessThanOrEqual(100)
      }
    })
  )

  it.effect("ends at a bounded length", () =>
    Effect.gen(function* () {
      expect((yield* shallow("<i></i>".repeat(100_000))).length).toBe(65_536)
    })
  )
})
