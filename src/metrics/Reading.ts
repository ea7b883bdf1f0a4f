import * as Database from "./Database.js"
import { isProbeRoute, requestDuration } from "./Http.js"
import type { Distribution, Series } from "./Instrument.js"
import * as Process from "./Process.js"
import * as Site from "./Site.js"

/** The main metrics at one time. Counters are totals since the start. */
export interface Reading {
  /** Requests of visitors and clients, without probes and scrapes. */
  readonly requests: number
  /** Requests that were answered 500 to 599. */
  readonly failed: number
  /** Requests that were answered 429. */
  readonly limited: number
  /** Request durations: upper bounds in seconds, and the number of requests up to each. */
  readonly durations: ReadonlyArray<readonly [bound: number, count: number]>
  readonly connectionTimeouts: number
  readonly linesDropped: number
  readonly cpuSeconds: number
  /** Callers waiting for a connection, of both kinds. */
  readonly waiting: number
  /** Leased connections of both kinds. */
  readonly lent: number
  /** Seconds. */
  readonly eventLoopDelay: number
  readonly residentBytes: number
  readonly heapBytes: number
  readonly databaseBytes: number | undefined
  readonly walBytes: number | undefined
  readonly mediaBytes: number | undefined
  readonly freeBytes: number | undefined
}

const isDistribution = (value: number | Distribution): value is Distribution => typeof value !== "number"

const numbers = (series: ReadonlyArray<Series>): ReadonlyArray<number> =>
  series.flatMap(({ value }) => (isDistribution(value) ? [] : [value]))

const sum = (series: ReadonlyArray<Series>): number => numbers(series).reduce((total, value) => total + value, 0)

const only = (series: ReadonlyArray<Series>): number | undefined => numbers(series)[0]

const having = (series: ReadonlyArray<Series>, label: string, value: string) =>
  series.filter(({ labels }) => labels[label] === value)

/** Probes are too frequent and too fast to be counted with requests of people. */
const isProbe = ({ labels }: Series): boolean => isProbeRoute(labels["http.route"])

const merged = (distributions: ReadonlyArray<Distribution>): Reading["durations"] => {
  const [first] = distributions
  if (first === undefined) return []
  return first.buckets.map(([bound], index) => [
    bound,
    distributions.reduce((total, { buckets }) => total + (buckets[index]?.[1] ?? 0), 0)
  ])
}

/** Reads the current values of the instruments. */
export const take = (): Reading => {
  const requests = requestDuration.series.filter((series) => !isProbe(series))
  const count = (status: RegExp) =>
    requests.reduce(
      (total, { labels, value }) =>
        isDistribution(value) && status.test(labels["http.response.status_code"] ?? "") ? total + value.count : total,
      0
    )
  return {
    requests: count(/^/),
    failed: count(/^5/),
    limited: count(/^429$/),
    durations: merged(requests.flatMap(({ value }) => (isDistribution(value) ? [value] : []))),
    connectionTimeouts: sum(Database.connectionTimeouts.series),
    linesDropped: sum(having(Site.logLines.series, "outcome", "dropped")),
    cpuSeconds: sum(Process.cpu.series),
    waiting: sum(Database.pendingRequests.series),
    lent: sum(having(Database.connections.series, "db.client.connection.state", "used")),
    eventLoopDelay: only(Process.eventLoopDelayMax.series) ?? 0,
    residentBytes: only(Process.residentMemory.series) ?? 0,
    heapBytes: only(Process.heapUsed.series) ?? 0,
    databaseBytes: only(Database.databaseSize.series),
    walBytes: only(Database.walSize.series),
    mediaBytes: only(Site.mediaSize.series),
    freeBytes: only(Site.storageFree.series)
  }
}

/**
 * Estimates a quantile (`part`, 0 to 1) of the durations in seconds, as Prometheus' `histogram_quantile` does: evenly
 * distributed within a bucket, at most the last finite bound. `undefined` without requests.
 */
export const quantile = (part: number, durations: Reading["durations"]): number | undefined => {
  const total = durations.at(-1)?.[1] ?? 0
  if (total === 0) return undefined
  const rank = part * total
  let lower = 0
  let below = 0
  for (const [bound, count] of durations) {
    if (count >= rank) {
      if (!Number.isFinite(bound)) return lower
      return count === below ? bound : lower + ((bound - lower) * (rank - below)) / (count - below)
    }
    lower = bound
    below = count
  }
  return lower
}
