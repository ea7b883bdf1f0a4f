import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Codes of the four lists of findings from real use. */
const codes = [
  ...Array.from({ length: 11 }, (_, index) => `C${index + 1}`),
  ...["T1", "T2"],
  ...Array.from({ length: 7 }, (_, index) => `P${index + 1}`),
  "M1",
  ...Array.from({ length: 11 }, (_, index) => `O${index + 1}`),
  "R1",
  ...Array.from({ length: 13 }, (_, index) => `I${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `S${index + 1}`)
]

const rows = readFileSync(join(root, "docs/field.md"), "utf8")
  .split("\n")
  .flatMap((line) => [...line.matchAll(/^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/g)])
  .map(([, code = "", state = "", , tests = ""]) => ({
    code,
    state,
    tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path)
  }))

/** Tells whether a title in the file begins with the code, alone or in a list (`C1, C2: …`). */
const holds = (code: string, path: string): boolean =>
  new RegExp(`["\`](?:[A-Z]\\d+, )*${code}(?:, [A-Z]\\d+)*: `).test(readFileSync(join(root, path), "utf8"))

describe("docs/field.md", () => {
  it("has one row for each entry", () => {
    expect(rows.map(({ code }) => code)).toEqual(codes)
  })

  it("uses only the three states", () => {
    expect(rows.filter(({ state }) => !/^(fixed|fixed in part|refused on purpose)$/.test(state))).toEqual([])
  })

  it("names at least one test per entry, whose title begins with the entry's code", () => {
    const lacking = rows.filter(({ tests }) => tests.length === 0).map(({ code }) => code)
    const wrong = rows.flatMap(({ code, tests }) =>
      tests.filter((path) => !holds(code, path)).map((path) => `${code}: ${path}`)
    )
    expect({ lacking, wrong }).toEqual({ lacking: [], wrong: [] })
  })
})
