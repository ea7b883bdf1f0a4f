import { Metric, MetricBoundaries, MetricLabel, MetricState } from "effect"

/** Units of UCUM as OpenTelemetry writes them: seconds, bytes, a ratio, or a count of something. */
export type Unit = "s" | "By" | "1" | `{${string}}`

/** What an instrument is, whoever shows it. */
export interface About<Label extends string> {
  /** The name of OpenTelemetry's semantic conventions where there is one, `starpunk.…` elsewhere. */
  readonly name: string
  /** One sentence, without quotes. */
  readonly help: string
  readonly unit: Unit
  /** Names of its labels. Their values come from sets that no visitor can make larger. */
  readonly labels: ReadonlyArray<Label>
}

/** How measurements are kept: counters only grow, gauges come and go, histograms count in buckets. */
export type Kind = "counter" | "gauge" | "histogram"

/** Values of all labels of one series. A label without a value is left out. */
export type LabelValues<Label extends string> = Readonly<Partial<Record<Label, string>>>

/** What a histogram has counted so far. */
export interface Distribution {
  readonly count: number
  readonly sum: number
  /** Upper bounds, the last of them infinite, with how many measurements were not above them. */
  readonly buckets: ReadonlyArray<readonly [bound: number, count: number]>
}

/** One line of a graph. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** A distribution for histograms. */
  readonly value: number | Distribution
}

type AnyMetric = Metric.Metric<unknown, number, MetricState.MetricState.Untyped>

/** A separator that is in no label value of ours. */
const separator = "\n"

/**
 * Something that is measured, in Effect's own registry, so that whatever exports that registry exports it too. Each
 * combination of label values is made once and found again without hashing a key: requests pass here.
 */
export class Instrument<Label extends string> {
  private readonly known = new Map<string, { readonly metric: AnyMetric; readonly labels: LabelValues<Label> }>()

  constructor(
    readonly kind: Kind,
    readonly about: About<Label>,
    private readonly untagged: AnyMetric
  ) {}

  /** What was measured so far, one series for every combination of label values. */
  get series(): ReadonlyArray<Series> {
    return [...this.known.values()].map(({ labels, metric }) => ({
      labels: Object.fromEntries(
        Object.entries<string | undefined>(labels).flatMap(([name, value]) => present(name, value))
      ),
      value: valueOf(metric.unsafeValue([]))
    }))
  }

  protected update(labels: LabelValues<Label>, value: number): void {
    let key = ""
    for (const name of this.about.labels) key += `${labels[name] ?? ""}${separator}`
    let found = this.known.get(key)
    if (found === undefined) {
      const tags = this.about.labels.flatMap((name) => present(name, labels[name]))
      const tagged = Metric.taggedWithLabels(this.untagged, [
        MetricLabel.make("unit", this.about.unit),
        ...tags.map(([name, value]) => MetricLabel.make(name, value))
      ])
      found = { metric: tagged, labels }
      this.known.set(key, found)
    }
    found.metric.unsafeUpdate(value, [])
  }

  protected current(labels: LabelValues<Label>): number {
    const key = this.about.labels.map((name) => `${labels[name] ?? ""}${separator}`).join("")
    const value = this.known.get(key)?.metric.unsafeValue([])
    return value !== undefined && MetricState.isCounterState(value) ? Number(value.count) : 0
  }
}

const present = (name: string, value: string | undefined): ReadonlyArray<readonly [string, string]> =>
  value === undefined || value === "" ? [] : [[name, value]]

const valueOf = (state: MetricState.MetricState.Untyped): number | Distribution => {
  if (MetricState.isCounterState(state)) return Number(state.count)
  if (MetricState.isGaugeState(state)) return Number(state.value)
  if (MetricState.isHistogramState(state)) return { count: state.count, sum: state.sum, buckets: state.buckets }
  return Number.NaN
}

/** Only grows, but for a restart. */
export class Counter<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("counter", about, Metric.counter(about.name, { description: about.help, incremental: true }) as AnyMetric)
  }

  /** Counts so many more. */
  add(labels: LabelValues<Label>, amount = 1): void {
    this.update(labels, amount)
  }

  /** Brings it up to a count that somebody else keeps. A smaller one is none of this process's life and changes nothing. */
  reach(labels: LabelValues<Label>, total: number): void {
    this.update(labels, Math.max(0, total - this.current(labels)))
  }
}

/** A value of this moment. */
export class Gauge<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("gauge", about, Metric.gauge(about.name, { description: about.help }) as AnyMetric)
  }

  set(labels: LabelValues<Label>, value: number): void {
    this.update(labels, value)
  }
}

/** A count that comes and goes: up when something begins, down when it ends. */
export class UpDownCounter<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("gauge", about, Metric.counter(about.name, { description: about.help }) as AnyMetric)
  }

  add(labels: LabelValues<Label>, amount: number): void {
    this.update(labels, amount)
  }
}

/** How measurements are distributed. */
export class Histogram<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>, bounds: ReadonlyArray<number>) {
    super(
      "histogram",
      about,
      Metric.histogram(about.name, MetricBoundaries.fromIterable(bounds), about.help) as AnyMetric
    )
  }

  record(labels: LabelValues<Label>, value: number): void {
    this.update(labels, value)
  }
}
