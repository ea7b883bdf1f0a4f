import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { type Figure, reaching } from "../../../scripts/bench/Figure.js"
import { performancePage, plotsOf } from "../../../scripts/bench/Report.js"
import { type Results, readResults } from "../../../scripts/bench/Results.js"

const pathOf = (path: string) => fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url))
const page = readFileSync(pathOf("performance.md"), "utf8")
const saved = readResults(pathOf("performance/figures.json"))

const resultsOf = (...figures: ReadonlyArray<Figure>): Results => ({
  sections: [
    { name: "pages", at: "2026-01-02T03:04:05Z", commit: "abc", machine: "one", isQuick: false, seconds: 1, figures }
  ]
})

describe("docs/performance.md", () => {
  it("has the figures of the saved results", () => {
    expect(performancePage(page, saved)).toBe(page)
    for (const [file, svg] of Object.entries(plotsOf(saved))) {
      expect(readFileSync(pathOf(`performance/${file}`), "utf8")).toBe(svg)
    }
    expect(saved.sections.some(({ isQuick }) => isQuick)).toBe(false)
  })

  it("shows a missed figure in bold with its reason, and a met one without", () => {
    const written = performancePage(
      page,
      resultsOf(reaching("start", [6, 5.5, 7], ""), reaching("notModified", [1.3], ""))
    )
    expect(written).toContain("| **6 (5.50 to 7)** | ≤ 5 | 4 |")
    expect(written).toMatch(/^- \*\*start to the first 200.*\*\*: .*Loading Effect/m)
    expect(written).toContain("| 1.30 | ≥ 1.20 | 1.40 |")
    expect(written).not.toMatch(/^- \*\*304/m)
  })

  it("says which figures are not measured and which benches failed", () => {
    const [section] = resultsOf().sections
    if (section === undefined) throw new Error("no section")
    const written = performancePage(page, { sections: [{ ...section, error: "the server ended" }] })
    expect(written).toContain("| not measured |")
    expect(written).toContain("- `pages` failed: the server ended")
  })

  it("draws a median on its side of the target", () => {
    const { "goals.svg": svg = "" } = plotsOf(
      resultsOf(reaching("start", [10], ""), reaching("notModified", [2.4], ""))
    )
    const places = [...svg.matchAll(/<circle class="(met|missed)" cx="([\d.]+)"/g)].map(([, kind, x]) => [
      kind,
      Number(x)
    ])
    const target = Number(/class="target" x1="([\d.]+)"/.exec(svg)?.[1])
    expect(places).toEqual([
      ["met", expect.any(Number)],
      ["missed", expect.any(Number)]
    ])
    expect(places[0]?.[1]).toBeGreaterThan(target)
    expect(places[1]?.[1]).toBeLessThan(target)
  })
})

it("the plots of the page exist", () => {
  for (const [, file = ""] of page.matchAll(/!\[[^\]]*\]\((performance\/[^)]+)\)/g))
    expect(existsSync(pathOf(file))).toBe(true)
})
