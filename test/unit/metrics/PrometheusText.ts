/** One sample of an exposition. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** All that an exposition says of one name. */
export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: ReadonlyArray<Sample>
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const sampleLine = /^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/
const labelPair = /(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

const labelsIn = (text: string, line: string): Readonly<Record<string, string>> => {
  const labels: Record<string, string> = {}
  labelPair.lastIndex = 0
  while (labelPair.lastIndex < text.length) {
    const { name = "", value = "" } = labelPair.exec(text)?.groups ?? {}
    if (name === "") throw new Error(`no label where one has to be: ${line}`)
    if (name in labels) throw new Error(`a label twice: ${line}`)
    if (name.startsWith("__")) throw new Error(`a reserved label: ${line}`)
    labels[name] = value.replace(/\\(["\\n])/g, (_, escaped) => (escaped === "n" ? "\n" : escaped))
  }
  return labels
}

const numberIn = (text: string, line: string): number => {
  if (text === "+Inf") return Number.POSITIVE_INFINITY
  if (text === "-Inf") return Number.NEGATIVE_INFINITY
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw new Error(`no number: ${line}`)
  return Number(text)
}

const keyOf = ({ labels, name }: Sample, without = ""): string =>
  JSON.stringify([
    name,
    Object.entries(labels)
      .filter(([label]) => label !== without)
      .toSorted()
  ])

/** The name of the family that a sample has to belong to. */
const suffixes: Readonly<Record<string, ReadonlyArray<string>>> = {
  counter: [""],
  gauge: [""],
  histogram: ["_bucket", "_sum", "_count"]
}

const checkHistogram = ({ name, samples }: Family): void => {
  const counts = new Map<string, number>()
  for (const sample of samples) {
    if (sample.name === `${name}_count`) counts.set(keyOf({ ...sample, name }), sample.value)
  }
  const last = new Map<string, { bound: number; count: number }>()
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket`) continue
    const key = keyOf({ ...sample, name }, "le")
    const bound = numberIn(sample.labels.le ?? "", JSON.stringify(sample))
    const before = last.get(key) ?? { bound: Number.NEGATIVE_INFINITY, count: 0 }
    if (bound <= before.bound || sample.value < before.count) throw new Error(`buckets out of order: ${key}`)
    last.set(key, { bound, count: sample.value })
  }
  for (const [key, { bound, count }] of last) {
    if (bound !== Number.POSITIVE_INFINITY) throw new Error(`no infinite bucket: ${key}`)
    if (counts.get(key) !== count) throw new Error(`the infinite bucket is not the count: ${key}`)
  }
  if (counts.size !== last.size) throw new Error(`a histogram without buckets: ${name}`)
}

const checkFamily = (family: Family, openMetrics: boolean): void => {
  const { name, samples, type } = family
  const allowed = type === "counter" && openMetrics ? ["_total"] : suffixes[type]
  if (allowed === undefined) throw new Error(`an unknown type: ${type}`)
  for (const sample of samples) {
    if (!allowed.some((suffix) => sample.name === name + suffix))
      throw new Error(`${sample.name} is no part of ${name}`)
    if (type !== "gauge" && sample.value < 0) throw new Error(`a negative count: ${sample.name}`)
    if (type !== "histogram" && "le" in sample.labels) throw new Error(`le is for histograms: ${sample.name}`)
  }
  if (type === "counter" && name.endsWith("_total") === openMetrics) throw new Error(`the name of a counter: ${name}`)
  if (type === "gauge" && name.endsWith("_total")) throw new Error(`a gauge named as a counter: ${name}`)
  if (type === "histogram") checkHistogram(family)
}

/**
 * Reads an exposition as strictly as its specification is written, which is stricter than Prometheus reads it, and throws
 * at the first line that is not as it should be: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md. Timestamps and exemplars, which we
 * do not write, are refused.
 */
export const parse = (text: string, format: "prometheus" | "openmetrics"): ReadonlyMap<string, Family> => {
  const openMetrics = format === "openmetrics"
  if (!text.endsWith("\n") || text.includes("\r")) throw new Error("lines end with a line feed, the last one too")
  const lines = text.slice(0, -1).split("\n")
  if (openMetrics && lines.pop() !== "# EOF") throw new Error("no # EOF at the end")
  const families = new Map<string, Family & { readonly samples: Array<Sample> }>()
  const seen = new Set<string>()
  let current: (Family & { readonly samples: Array<Sample> }) | undefined
  let help: readonly [name: string, text: string] | undefined
  for (const line of lines) {
    if (line === "" && !openMetrics) continue
    const comment = /^# (?<keyword>HELP|TYPE) (?<name>\S+) (?<rest>.+)$/.exec(line)?.groups
    if (comment !== undefined) {
      const { keyword = "", name = "", rest = "" } = comment
      if (!metricName.test(name)) throw new Error(`the name of a metric: ${line}`)
      if (keyword === "HELP") {
        if (/\\(?![\\n"])/.test(rest)) throw new Error(`an escape that is none: ${line}`)
        help = [name, rest]
        continue
      }
      if (families.has(name)) throw new Error(`a family twice: ${line}`)
      if (help?.[0] !== name) throw new Error(`a type without its help: ${line}`)
      current = { name, type: rest, help: help[1], samples: [] }
      families.set(name, current)
      continue
    }
    const { labels = "", name = "", value = "" } = sampleLine.exec(line)?.groups ?? {}
    if (name === "") throw new Error(`neither sample nor comment: ${line}`)
    if (current === undefined || !name.startsWith(current.name))
      throw new Error(`a sample away from its family: ${line}`)
    const sample = { name, labels: labelsIn(labels, line), value: numberIn(value, line) }
    const key = keyOf(sample)
    if (seen.has(key)) throw new Error(`a series twice: ${line}`)
    seen.add(key)
    current.samples.push(sample)
  }
  for (const family of families.values()) checkFamily(family, openMetrics)
  return families
}

/** How many series there are. */
export const seriesIn = (families: ReadonlyMap<string, Family>): number =>
  [...families.values()].reduce((total, { samples }) => total + samples.length, 0)

/** The value of a sample with exactly these labels; none where there is no such sample. */
export const valueOf = (
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {}
): number | undefined =>
  [...families.values()]
    .flatMap(({ samples }) => samples)
    .find((sample) => keyOf(sample) === keyOf({ name, labels, value: 0 }))?.value
