import { describe, expect, it } from "@effect/vitest"
import { findingsIn, surfaceOf } from "../../../scripts/unused.mjs"

const findings = (
  files: Readonly<Record<string, string>>,
  packages: { readonly declared?: ReadonlyArray<string>; readonly indirect?: ReadonlyArray<string> } = {}
) =>
  findingsIn(new Map(Object.entries(files).map(([path, text]) => [path, surfaceOf(path, text)])), {
    declared: packages.declared ?? [],
    indirect: new Set(packages.indirect ?? [])
  })

const importer = (text: string) => ({ "src/A.ts": "export const a = 1\nexport const b = a", "src/B.ts": text })

describe("the check of exports", () => {
  it("reports an export that no other file imports, also if its own file uses it", () => {
    expect(findings(importer('import { b } from "./A.js"'))).toEqual([
      "src/A.ts:1: no other file imports a: remove `export`"
    ])
  })

  it.each([
    ["by name", 'import { a, b } from "./A.js"'],
    ["under another name", 'import { a as x, b as y } from "./A.js"'],
    ["as a member of a namespace", 'import * as A from "./A.js"\nA.a + A.b'],
    ["through a namespace that is passed on", 'import * as A from "./A.js"\nconst all = [A]'],
    ["with an import expression", 'const all = () => import("./A.js")'],
    ["by exporting it again", 'export * from "./A.js"']
  ])("finds an import %s", (_, text) => {
    expect(findings(importer(text))).toEqual([])
  })

  it("reports a member that no user of the namespace names", () => {
    expect(findings(importer('import * as A from "./A.js"\nA.a'))).toHaveLength(1)
  })

  it("reports a type only if its own file does not use it either", () => {
    const text = "export interface Used {}\nexport type Unused = 1\nconst x: Used = {}"
    expect(findings({ "src/A.ts": text })).toEqual(["src/A.ts:2: no other file imports Unused: remove `export`"])
  })
})

describe("the check of packages", () => {
  const files = { "src/A.ts": 'import x from "one/part.js"\nimport "node:fs"\nimport y from "@two/three"' }

  it("reports a package that is imported and not declared", () => {
    expect(findings(files, { declared: ["one"] })).toEqual(["src/A.ts: package.json does not declare @two/three"])
  })

  it("reports a package that is declared and not imported, unless another package needs it", () => {
    const declared = ["one", "@two/three", "peer", "forgotten", "@types/one"]
    expect(findings(files, { declared, indirect: ["peer"] })).toEqual(["package.json: nothing imports forgotten"])
  })
})
