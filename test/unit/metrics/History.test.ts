import { describe, expect, it } from "vitest"
import { History } from "../../../src/metrics/History.js"
import { quantile, type Reading } from "../../../src/metrics/Reading.js"
import { columns } from "../../../src/web/metrics/Columns.js"
import { age, bytes, count, percent, seconds } from "../../../src/web/metrics/Quantity.js"

const reading = (more: Partial<Reading> = {}): Reading => ({
  requests: 0,
  failed: 0,
  limited: 0,
  durations: [],
  connectionTimeouts: 0,
  linesDropped: 0,
  cpuSeconds: 0,
  waiting: 0,
  lent: 0,
  eventLoopDelay: 0,
  residentBytes: 0,
  heapBytes: 0,
  databaseBytes: undefined,
  walBytes: undefined,
  mediaBytes: undefined,
  freeBytes: undefined,
  ...more
})

describe("the history of measurements", () => {
  it("is empty until there are two samples, and contains the difference between them", () => {
    const history = new History()
    expect(history.points("hour")).toEqual([])
    history.add(10_000, reading({ requests: 5, cpuSeconds: 1 }))
    expect(history.points("hour")).toEqual([])
    history.add(20_000, reading({ requests: 12, failed: 2, cpuSeconds: 3, lent: 2, freeBytes: 100 }))
    expect(history.points("hour")).toMatchObject([
      { at: 20_000, seconds: 10, requests: 7, failed: 2, cpu: 0.2, lent: 2, freeBytes: 100 }
    ])
    expect(history.points("day")).toEqual([])
  })

  it("keeps the worst sample of a minute in one point of the day, and sums of events", () => {
    const history = new History()
    const lent = [0, 1, 4, 2, 0, 0, 1]
    const free = [90, 80, 70, 75, 85, 88, 89]
    for (const [index, most] of lent.entries()) {
      history.add(index * 10_000, reading({ requests: index * 3, lent: most, freeBytes: free[index] ?? 0 }))
    }
    expect(history.points("day")).toMatchObject([
      { at: 60_000, seconds: 60, requests: 18, lent: 4, freeBytes: 70, databaseBytes: undefined }
    ])
  })

  it("never keeps more than an hour of ten-second points and a day of minutes", () => {
    const history = new History()
    for (let index = 0; index < 3 * 8_640; index++) history.add(index * 10_000, reading({ requests: index }))
    expect([history.points("hour").length, history.points("day").length]).toEqual([360, 1_440])
    expect(history.points("hour").at(-1)?.at).toBe((3 * 8_640 - 1) * 10_000)
  })

  it("estimates durations as Prometheus does, and has none without requests", () => {
    const durations: Reading["durations"] = [
      [0.1, 50],
      [0.2, 100],
      [Number.POSITIVE_INFINITY, 100]
    ]
    expect(quantile(0.5, durations)).toBeCloseTo(0.1)
    expect(quantile(0.95, durations)).toBeCloseTo(0.19)
    expect(quantile(0.25, durations)).toBeCloseTo(0.05)
    expect(
      quantile(0.99, [
        [0.1, 1],
        [Number.POSITIVE_INFINITY, 100]
      ])
    ).toBe(0.1)
    expect(
      quantile(0.5, [
        [0.1, 0],
        [Number.POSITIVE_INFINITY, 0]
      ])
    ).toBeUndefined()
    expect(quantile(0.5, [])).toBeUndefined()
  })
})

describe("the columns of a chart", () => {
  it("contain the samples of their time, and nothing where nothing was measured", () => {
    const history = new History()
    for (const [at, requests] of [
      [0, 0],
      [10_000, 4],
      [20_000, 10],
      [50_000, 11]
    ] as const) {
      history.add(at, reading({ requests }))
    }
    const points = history.points("hour")
    const values = (pick: "sum" | "highest" | "lowest" | "average") =>
      columns(points, { from: 0, to: 60_000 }, 3, ({ requests }) => requests, pick).map(({ value }) => value)
    expect(values("sum")).toEqual([10, undefined, 1])
    expect(values("highest")).toEqual([6, undefined, 1])
    expect(values("lowest")).toEqual([4, undefined, 1])
    expect(values("average")).toEqual([5, undefined, 1])
    expect(columns(points, { from: 100_000, to: 200_000 }, 2, ({ requests }) => requests, "sum")).toEqual([
      { at: 150_000, value: undefined },
      { at: 200_000, value: undefined }
    ])
  })
})

describe("quantities", () => {
  it.each([
    [bytes(0), "0 bytes"],
    [bytes(999.6), "1 kB"],
    [bytes(128_400_000), "128 MB"],
    [bytes(21e12), "21 TB"],
    [seconds(0), "0 ms"],
    [seconds(0.000_12), "120 µs"],
    [seconds(0.0032), "3.2 ms"],
    [seconds(1.44), "1.4 s"],
    [seconds(75), "75 s"],
    [count(12_345), "12,345"],
    [count(0.333), "0.33"],
    [percent(0.123), "12.3 %"],
    [percent(1.5), "150 %"],
    [age(5), "less than a minute"],
    [age(60), "1 minute"],
    [age(7_300), "2 hours"],
    [age(200_000), "2 days"]
  ])("%s is %s", (written, expected) => {
    expect(written).toBe(expected)
  })
})
