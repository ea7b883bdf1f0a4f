import { Metric, MetricBoundaries, MetricLabel, MetricState } from "effect"

/** UCUM units in OpenTelemetry's notation: seconds, bytes, a ratio, or a count. */
export type Unit = "s" | "By" | "1" | `{${string}}`

/** Description of an instrument. */
export interface About<Label extends string> {
  /** Name from OpenTelemetry's semantic conventions if there is one, otherwise `starpunk.…`. */
  readonly name: string
  /** One sentence, without quotes. */
  readonly help: string
  readonly unit: Unit
  /** Names of its labels. Their values come from bounded sets that visitors cannot extend. */
  readonly labels: ReadonlyArray<Label>
}

/** Kind of an instrument: counters only grow, gauges have a current value, histograms count in buckets. */
export type Kind = "counter" | "gauge" | "histogram"

/** Label values of one series. A label without a value is left out. */
export type LabelValues<Label extends string> = Readonly<Partial<Record<Label, string>>>

/** Contents of a histogram. */
export interface Distribution {
  readonly count: number
  readonly sum: number
  /** Upper bounds, the last of them infinite, and the number of recorded values up to each. */
  readonly buckets: ReadonlyArray<readonly [bound: number, count: number]>
}

/** One combination of labels with its value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** A distribution for histograms. */
  readonly value: number | Distribution
}

type AnyMetric = Metric.Metric<unknown, number, MetricState.MetricState.Untyped>

/** A separator that no label value contains. */
const separator = "\n"

/**
 * A metric in Effect's registry, so that exporters of that registry include it. Each combination of label values is
 * created once and found again without hashing, because every request passes here.
 */
export class Instrument<Label extends string> {
  private readonly known = new Map<string, { readonly metric: AnyMetric; readonly labels: LabelValues<Label> }>()

  constructor(
    readonly kind: Kind,
    readonly about: About<Label>,
    private readonly untagged: AnyMetric
  ) {}

  /** Current values, one series for every combination of label values. */
  get series(): ReadonlyArray<Series> {
    return [...this.known.values()].map(({ labels, metric }) => ({
      labels: Object.fromEntries(
        Object.entries<string | undefined>(labels).flatMap(([name, value]) => present(name, value))
      ),
      value: valueOf(metric.unsafeValue([]))
    }))
  }

  protected update(labels: LabelValues<Label>, value: number): void {
    this.metricOf(labels).unsafeUpdate(value, [])
  }

  /** The metric of one combination of label values. */
  protected metricOf(labels: LabelValues<Label>): AnyMetric {
    let key = ""
    for (const name of this.about.labels) key += `${labels[name] ?? ""}${separator}`
    const found = this.known.get(key)
    if (found !== undefined) return found.metric
    const tags = this.about.labels.flatMap((name) => present(name, labels[name]))
    const metric = Metric.taggedWithLabels(this.untagged, [
      MetricLabel.make("unit", this.about.unit),
      ...tags.map(([name, value]) => MetricLabel.make(name, value))
    ])
    this.known.set(key, { metric, labels })
    return metric
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

/** A metric that only grows, until a restart. */
export class Counter<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("counter", about, Metric.counter(about.name, { description: about.help, incremental: true }) as AnyMetric)
  }

  /** Increments the counter. */
  add(labels: LabelValues<Label>, amount = 1): void {
    this.update(labels, amount)
  }

  /** Raises the counter to an external total. A smaller total changes nothing. */
  reach(labels: LabelValues<Label>, total: number): void {
    this.update(labels, Math.max(0, total - this.current(labels)))
  }
}

/** A metric with a current value. */
export class Gauge<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("gauge", about, Metric.gauge(about.name, { description: about.help }) as AnyMetric)
  }

  set(labels: LabelValues<Label>, value: number): void {
    this.update(labels, value)
  }
}

/** A count of current things: incremented when one begins, decremented when it ends. */
export class UpDownCounter<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>) {
    super("gauge", about, Metric.counter(about.name, { description: about.help }) as AnyMetric)
  }

  add(labels: LabelValues<Label>, amount: number): void {
    this.update(labels, amount)
  }
}

/** A distribution of recorded values. */
export class Histogram<Label extends string> extends Instrument<Label> {
  constructor(about: About<Label>, bounds: ReadonlyArray<number>) {
    super(
      "histogram",
      about,
      Metric.histogram(about.name, MetricBoundaries.fromIterable(bounds), about.help) as AnyMetric
    )
  }

  /** Counts a duration or a size. One below zero, by a clock that was set back, counts as zero: sums never decrease. */
  record(labels: LabelValues<Label>, value: number): void {
    this.update(labels, Math.max(0, value))
  }

  /** Returns `record` for one combination of label values, found once. */
  recorder(labels: LabelValues<Label>): (value: number) => void {
    const metric = this.metricOf(labels)
    return (value) => metric.unsafeUpdate(Math.max(0, value), [])
  }
}
