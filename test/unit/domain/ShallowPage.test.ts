import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { shallow } from "../../../src/domain/indieauth/ShallowPage.js"

describe("A stranger's page, made safe for a parser that builds a tree", () => {
  it.effect("is left as it is when people may have written it", () =>
    Effect.gen(function* () {
      const page = `<!doctype html><html><body>${"<div>".repeat(50)}<a class="u-url" href="/">App</a>${"</div>".repeat(50)}`
      expect(yield* shallow(page)).toBe(page)
    })
  )

  it.effect("ends before it lies too deep, whatever it is nested of", () =>
    Effect.gen(function* () {
      for (const tag of ["div", "b", "font", "svg", "table"]) {
        const kept = yield* shallow(`<p class="h-app">App</p>${`<${tag}>`.repeat(50_000)}`)
        expect(kept).toContain("h-app")
        expect(kept.split(`<${tag}>`).length - 1, tag).toBeLessThanOrEqual(100)
      }
    })
  )

  it.effect("ends at a length that is soon read", () =>
    Effect.gen(function* () {
      expect((yield* shallow("<i></i>".repeat(100_000))).length).toBe(65_536)
    })
  )
})
