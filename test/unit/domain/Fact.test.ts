import { describe, expect, it } from "@effect/vitest"
import { factsOf } from "../../../src/domain/posts/Fact.js"

describe("facts of a post", () => {
  it("name properties that the page shows nowhere else", () => {
    expect(factsOf({ content: ["Dinner"], "x-cooked-by": ["Ada"] }, "h-entry")).toMatchObject([
      { property: "x-cooked-by", label: "Cooked by" }
    ])
  })

  it("leave out properties for programs, and the format of an imported text", () => {
    const properties = {
      content: ["Text"],
      "content-format": ["document"],
      "post-status": ["published"],
      "mp-slug": ["text"],
      generator: ["Jekyll"]
    }
    expect(factsOf(properties, "h-entry")).toEqual([])
  })
})
