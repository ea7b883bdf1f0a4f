import { describe, expect, it } from "vitest"
import { pictureFaults } from "../../../scripts/picture.mjs"

const modules = (imports: Readonly<Record<string, ReadonlyArray<string>>>) =>
  Object.entries(imports).map(([source, targets]) => ({
    source,
    dependencies: targets.map((resolved) => ({ resolved }))
  }))

const document = (...lines: ReadonlyArray<string>) =>
  ["# Title", "```mermaid", "flowchart TB", ...lines, "```"].join("\n")

const boxes = [
  '  web["Pages<br/>src/web, src/browser"]',
  '  ports["Ports<br/>src/services"]',
  '  domain["Domain<br/>src/domain"]'
]

const imports = modules({
  "src/web/Home.tsx": ["src/services/Posts.ts", "src/domain/Post.ts", "node_modules/preact/dist/preact.js"],
  "src/services/Posts.ts": ["src/domain/Post.ts"],
  "src/domain/Post.ts": ["src/domain/Tag.ts"]
})

describe("the diagram in docs/architecture.md", () => {
  it("passes if its arrows are the imports between its boxes", () => {
    const picture = document(...boxes, "  web --> ports & domain", "  ports --> domain")
    expect(pictureFaults(picture, imports)).toEqual([])
  })

  it("reads an arrow from a subgraph as one from each of its boxes", () => {
    const grouped = ["  subgraph upper", ...boxes.slice(0, 2), "  end", ...boxes.slice(2)]
    expect(pictureFaults(document(...grouped, "  upper --> domain", "  web --> ports"), imports)).toEqual([])
    expect(pictureFaults(document(...grouped, "  upper --> domain"), imports)).toEqual([
      "The picture lacks web → ports: src/web/Home.tsx imports src/services/Posts.ts."
    ])
  })

  it("fails for an import without an arrow, and for an arrow without an import", () => {
    const picture = document(...boxes, "  web & ports --> domain", "  domain --> web")
    expect(pictureFaults(picture, imports)).toEqual([
      "The picture lacks web → ports: src/web/Home.tsx imports src/services/Posts.ts.",
      "No import stands for the picture's domain → web."
    ])
  })

  it("fails for a file in no box, and without boxes", () => {
    const picture = document(...boxes, "  web --> ports & domain", "  ports --> domain")
    expect(pictureFaults(picture, modules({ "layers/Production.ts": [] }))[0]).toBe(
      "layers/Production.ts is in no box of the picture."
    )
    expect(pictureFaults("no picture", [])).toEqual(["The picture has 0 boxes instead of 1 to 12."])
  })

  it("fails for more than twelve boxes", () => {
    const many = Array.from({ length: 13 }, (_, index) => `  b${index}["Box<br/>src/b${index}"]`)
    expect(pictureFaults(document(...many), [])).toEqual(["The picture has 13 boxes instead of 1 to 12."])
  })
})
