import type { Point } from "../../metrics/History.js"
import type { ChartOf } from "./Chart.js"
import { bytes, count, percent, seconds } from "./Quantity.js"

const perMinute = (of: (point: Point) => number) => (point: Point) => (of(point) / point.seconds) * 60

/** All charts, those that visitors notice first. */
export const charts: ReadonlyArray<ChartOf> = [
  {
    name: "requests",
    lines: [{ of: perMinute(({ requests }) => requests), pick: "average" }],
    format: count,
    atLeast: 1
  },
  {
    name: "trouble",
    lines: [
      { of: ({ failed }) => failed, pick: "sum" },
      { of: ({ limited }) => limited, pick: "sum" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "duration",
    lines: [
      { of: ({ p95 }) => p95, pick: "highest" },
      { of: ({ p50 }) => p50, pick: "highest" }
    ],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "connections",
    lines: [
      { of: ({ lent }) => lent, pick: "highest" },
      { of: ({ waiting }) => waiting, pick: "highest" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "event-loop",
    lines: [{ of: ({ eventLoopDelay }) => eventLoopDelay, pick: "highest" }],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "cpu",
    lines: [{ of: ({ cpu }) => cpu, pick: "average" }],
    format: percent,
    atLeast: 0.1
  },
  {
    name: "memory",
    lines: [
      { of: ({ residentBytes }) => residentBytes, pick: "highest" },
      { of: ({ heapBytes }) => heapBytes, pick: "highest" }
    ],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "disk",
    lines: [{ of: ({ freeBytes }) => freeBytes, pick: "lowest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "wal",
    lines: [{ of: ({ walBytes }) => walBytes, pick: "highest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "log",
    lines: [{ of: ({ linesDropped }) => linesDropped, pick: "sum" }],
    format: count,
    atLeast: 1
  }
]
