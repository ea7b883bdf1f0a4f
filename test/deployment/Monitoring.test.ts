import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { parser } from "@prometheus-io/lezer-promql"
import { load as parseYaml } from "js-yaml"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { entries } from "../../src/errors/Catalogue.js"
import { Program } from "../program/Program.js"
import { parse, type Sample } from "../unit/metrics/PrometheusText.js"

const token = "a-token-for-prometheus-and-nobody-else"

const read = (file: string): Promise<string> =>
  readFile(new URL(`../../docs/deployment/${file}`, import.meta.url), "utf8")

/** Names of metrics in a PromQL query, with the labels that are used with them. */
const selectorsIn = (
  query: string
): ReadonlyArray<{ readonly name: string; readonly labels: ReadonlyArray<string> }> => {
  // Grafana replaces these before it sends the query.
  const expression = query.replaceAll("$__rate_interval", "1m").replaceAll(/"\$\w+"/g, '"x"')
  const selectors: Array<{ name: string; labels: Array<string> }> = []
  const cursor = parser.parse(expression).cursor()
  do {
    const text = expression.slice(cursor.from, cursor.to)
    if (cursor.type.isError) throw new Error(`not PromQL at ${cursor.from}: ${expression}`)
    if (cursor.name === "VectorSelector") selectors.push({ name: "", labels: [] })
    const current = selectors.at(-1)
    if (cursor.name === "Identifier" && current !== undefined && current.name === "") current.name = text
    if (cursor.name === "LabelName" && cursor.node.parent?.name.endsWith("LabelMatcher")) current?.labels.push(text)
  } while (cursor.next())
  return selectors
}

/** Log lines that runbooks name; each is the beginning of a line in the source that writes it. */
const sources = ["layers/sqlite/file/FileUpkeep.ts", "src/background/Backups.ts", "layers/telemetry/CollectorWatch.ts"]

/** Metrics that Prometheus itself adds for every target. */
const added = new Set(["job", "instance"])

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: Readonly<Record<string, string>>
}

interface Panel {
  readonly id: number
  readonly title: string
  readonly description?: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: ReadonlyArray<{ readonly expr: string }>
}

describe("the alert rules and the dashboard", () => {
  let site: Program
  let samples: ReadonlyArray<Sample>
  let rules: ReadonlyArray<Rule>
  let panels: ReadonlyArray<Panel>
  let help: string
  let logged: string

  beforeAll(async () => {
    const { groups } = parseYaml(await read("alerts.yml")) as { groups: ReadonlyArray<{ rules: ReadonlyArray<Rule> }> }
    rules = groups.flatMap((group) => group.rules)
    panels = JSON.parse(await read("grafana-dashboard.json")).panels
    const texts = await Promise.all(sources.map((file) => readFile(new URL(`../../${file}`, import.meta.url), "utf8")))
    logged = texts.join("\n")
    site = await Program.create({
      STARPUNK_HEALTH_TOKEN: token,
      STARPUNK_OTLP_ENDPOINT: "http://127.0.0.1:9"
    })
    await site.start({ STARPUNK_BACKUP_DIRECTORY: join(site.directory, "backups") })
    help = (await site.run(["--help"])).stdout
    await (await fetch(site.url)).text()
    await (await fetch(`${site.url}/no-such-page`)).text()
    const scrape = async () => {
      const response = await fetch(`${site.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
      const families = parse(await response.text(), "prometheus")
      return [...families.values()].flatMap(({ samples }) => samples)
    }
    // The file system and the event loop are checked shortly after the start.
    const late = [
      "starpunk_media_size_bytes",
      "nodejs_eventloop_delay_max_seconds",
      "nodejs_eventloop_utilization_ratio"
    ]
    do {
      samples = await scrape()
      await wait(50)
    } while (!late.every((name) => samples.some((sample) => sample.name === name)))
  })

  afterAll(() => site.dispose())

  /** Metrics and labels of a query that a real response lacks. */
  const missing = (query: string): ReadonlyArray<string> =>
    selectorsIn(query).flatMap(({ labels, name }) => {
      if (name === "up") return []
      const found = samples.filter((sample) => sample.name === name)
      if (found.length === 0) return [`${name} is not in /metrics`]
      return labels
        .filter((label) => !added.has(label) && !found.some((sample) => label in sample.labels))
        .map((label) => `${name} has no label ${label}`)
    })

  it("query only metrics that /metrics exposes", () => {
    expect(rules.flatMap(({ expr }) => missing(expr))).toEqual([])
    expect(panels.flatMap(({ targets = [] }) => targets).flatMap(({ expr }) => missing(expr))).toEqual([])
    expect(missing("no_such_metric > 0")).toHaveLength(1)
    expect(missing('starpunk_ready{no_such_label="x"}')).toHaveLength(1)
    expect(() => missing("rate(starpunk_ready[5m] >")).toThrow("not PromQL")
  })

  it("cover every fault that needs an alert", () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        "StarPunkDown",
        "StarPunkNotReady",
        "StarPunkErrors",
        "StarPunkPoolExhausted",
        "StarPunkDiskLow",
        "StarPunkWriteAheadLogLarge",
        "StarPunkSearchReduced",
        "StarPunkBackupOld",
        "StarPunkLogLinesLost",
        "StarPunkEventLoopBlocked"
      ])
    )
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  })

  it("name existing commands and error codes", () => {
    const codes = new Set(entries.map(({ info }) => info.code))
    for (const { alert, annotations, labels } of rules) {
      expect(["page", "ticket"], alert).toContain(labels.severity)
      expect(Object.keys(annotations), alert).toEqual(["summary", "description", "runbook"])
      const { runbook = "" } = annotations
      const commands = [...runbook.matchAll(/`npx starpunk ([a-z-]+)(?: ([^`]+))?`/g)]
      expect(commands.length, alert).toBeGreaterThan(0)
      for (const [, command = "", argument = ""] of commands) {
        expect(help, alert).toContain(command)
        if (command === "explain" && argument !== "CODE") expect(codes, alert).toContain(argument)
      }
      // Quoted text is a log line as the program writes it.
      for (const [, line = ""] of runbook.matchAll(/log line "([^"]+)"/g)) expect(logged, alert).toContain(line)
    }
  })

  it("have no overlapping panels, each with a description", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    for (const { description, targets, title } of panels) {
      if (targets !== undefined) expect(description, title).toMatch(/\.$/)
    }
    for (const a of panels) {
      for (const b of panels) {
        if (a.id >= b.id) continue
        const [p, q] = [a.gridPos, b.gridPos]
        const apart = p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y
        expect(apart, `${a.title} and ${b.title}`).toBe(true)
      }
    }
  })
})
