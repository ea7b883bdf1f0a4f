import { quantile, type Reading } from "./Reading.js"

/** Metrics of one interval. */
export interface Point {
  /** End of the interval in epoch milliseconds. */
  readonly at: number
  /** Length of the interval in seconds. */
  readonly seconds: number
  readonly requests: number
  readonly failed: number
  readonly limited: number
  /** Median and 95th percentile of request durations in seconds; absent without requests. */
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly connectionTimeouts: number
  readonly linesDropped: number
  /** Processor time as a fraction of one core. */
  readonly cpu: number
  /** Maximum in the interval, as are the following values; of `freeBytes` the minimum. */
  readonly waiting: number
  readonly lent: number
  readonly eventLoopDelay: number
  readonly residentBytes: number
  readonly heapBytes: number
  readonly databaseBytes: number | undefined
  readonly walBytes: number | undefined
  readonly mediaBytes: number | undefined
  readonly freeBytes: number | undefined
}

/** A period of the history; its resolution differs. */
export type Range = "hour" | "day"

/** Interval of readings in seconds. */
export const readEverySeconds = 10

interface Resolution {
  /** Readings per point. */
  readonly every: number
  /** Number of points that are kept. */
  readonly kept: number
}

const resolutions: Readonly<Record<Range, Resolution>> = {
  hour: { every: 1, kept: 360 },
  day: { every: 6, kept: 1_440 }
}

const highest = (values: ReadonlyArray<number | undefined>): number | undefined =>
  values.reduce(
    (most, value) => (most === undefined || (value !== undefined && value > most) ? value : most),
    undefined
  )

const lowest = (values: ReadonlyArray<number | undefined>): number | undefined =>
  values.reduce(
    (least, value) => (least === undefined || (value !== undefined && value < least) ? value : least),
    undefined
  )

const between = (before: Reading["durations"], after: Reading["durations"]): Reading["durations"] =>
  after.map(([bound, count], index) => [bound, count - (before[index]?.[1] ?? 0)])

interface Taken {
  readonly at: number
  readonly reading: Reading
}

/** Makes a point from the readings of an interval and the one before it. */
const pointOf = (before: Taken, within: ReadonlyArray<Taken>, last: Taken): Point => {
  const { reading: first } = before
  const { at, reading } = last
  // The wall clock may have been set, but readings come at a fixed rate.
  const seconds = within.length * readEverySeconds
  const durations = between(first.durations, reading.durations)
  const most = (of: (reading: Reading) => number | undefined) => highest(within.map(({ reading }) => of(reading)))
  return {
    at,
    seconds,
    requests: reading.requests - first.requests,
    failed: reading.failed - first.failed,
    limited: reading.limited - first.limited,
    p50: quantile(0.5, durations),
    p95: quantile(0.95, durations),
    connectionTimeouts: reading.connectionTimeouts - first.connectionTimeouts,
    linesDropped: reading.linesDropped - first.linesDropped,
    cpu: (reading.cpuSeconds - first.cpuSeconds) / seconds,
    waiting: most(({ waiting }) => waiting) ?? 0,
    lent: most(({ lent }) => lent) ?? 0,
    eventLoopDelay: most(({ eventLoopDelay }) => eventLoopDelay) ?? 0,
    residentBytes: most(({ residentBytes }) => residentBytes) ?? 0,
    heapBytes: most(({ heapBytes }) => heapBytes) ?? 0,
    databaseBytes: most(({ databaseBytes }) => databaseBytes),
    walBytes: most(({ walBytes }) => walBytes),
    mediaBytes: most(({ mediaBytes }) => mediaBytes),
    freeBytes: lowest(within.map(({ reading }) => reading.freeBytes))
  }
}

/** The points of one resolution, and the readings of the current interval. */
class Track {
  private readonly kept: Array<Point> = []
  private before: Taken | undefined
  private within: Array<Taken> = []

  constructor(private readonly resolution: Resolution) {}

  get points(): ReadonlyArray<Point> {
    return this.kept
  }

  add(taken: Taken): void {
    if (this.before === undefined) {
      this.before = taken
      return
    }
    this.within.push(taken)
    if (this.within.length < this.resolution.every) return
    this.kept.push(pointOf(this.before, this.within, taken))
    if (this.kept.length > this.resolution.kept) this.kept.shift()
    this.before = taken
    this.within = []
  }
}

/** The last hour in steps of ten seconds and the last day in steps of a minute: at most 1,800 points. */
export class History {
  private readonly tracks: Readonly<Record<Range, Track>> = {
    hour: new Track(resolutions.hour),
    day: new Track(resolutions.day)
  }

  /** Adds the next reading, `readEverySeconds` after the one before. */
  add(at: number, reading: Reading): void {
    for (const track of Object.values(this.tracks)) track.add({ at, reading })
  }

  /** The points of a period, oldest first. */
  points(range: Range): ReadonlyArray<Point> {
    return this.tracks[range].points
  }
}
