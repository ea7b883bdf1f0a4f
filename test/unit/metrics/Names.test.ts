import { readFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import { instruments } from "../../../src/metrics/Catalogue.js"
import { prometheusLabel, prometheusName } from "../../../src/metrics/PrometheusName.js"

const rows = instruments.map((instrument) => {
  const { help, labels } = instrument.about
  const shown = labels.map((label) => `\`${prometheusLabel(label)}\``).join(", ")
  return `| \`${prometheusName(instrument)}\` | ${instrument.kind} | ${shown === "" ? "–" : shown} | ${help} |`
})

describe("the names of metrics", () => {
  it("are unique, for OpenTelemetry and for Prometheus", () => {
    expect(new Set(instruments.map(({ about }) => about.name)).size).toBe(instruments.length)
    expect(new Set(instruments.map(prometheusName)).size).toBe(instruments.length)
  })

  it("follow the rules of Prometheus", () => {
    for (const instrument of instruments) {
      const name = prometheusName(instrument)
      expect(name).toMatch(/^[a-z][a-z0-9_]*[a-z0-9]$/)
      expect(name.endsWith("_total"), name).toBe(instrument.kind === "counter")
      expect(name).not.toMatch(/milli|micro|kilo|mega|_ms(?:_|$)|_mb(?:_|$)/)
      expect(instrument.about.help, name).not.toMatch(/["\\\n]/)
    }
  })

  it("are all listed in docs/deployment/monitoring.md, unchanged", async () => {
    const guide = await readFile(new URL("../../../docs/deployment/monitoring.md", import.meta.url), "utf8")
    const written = guide.split("\n").filter((line) => /^\| `[a-z0-9_]+` \| (?:counter|gauge|histogram) \|/.test(line))
    expect(written).toEqual(rows)
  })
})
