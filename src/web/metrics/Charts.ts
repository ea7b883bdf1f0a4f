import type { Point } from "../../metrics/History.js"
import type { ChartOf } from "./Chart.js"
import { bytes, count, percent, seconds } from "./Quantity.js"

const perMinute = (of: (point: Point) => number) => (point: Point) => (of(point) / point.seconds) * 60

/** All charts, those that visitors notice first. */
export const charts: ReadonlyArray<ChartOf> = [
  {
    name: "requests",
    title: "Requests a minute",
    meaning:
      "How much the site is asked for, on average. Probes of /health and scrapes of /metrics are left out: they come whether anybody reads or not.",
    lines: [{ label: "Requests", of: perMinute(({ requests }) => requests), pick: "average" }],
    format: count,
    atLeast: 1
  },
  {
    name: "trouble",
    title: "Requests that got nothing",
    meaning:
      "Failed: the site could not answer, and it was the site's own fault (status 500 and up); the log has each with its reason. Slowed down: somebody asked too often (status 429), which is the site defending itself.",
    lines: [
      { label: "Failed", of: ({ failed }) => failed, pick: "sum" },
      { label: "Slowed down", of: ({ limited }) => limited, pick: "sum" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "duration",
    title: "Time to answer",
    meaning:
      "95 of 100 requests took no longer than the first line, half of them no longer than the second. A tenth of a second feels like at once.",
    lines: [
      { label: "95 of 100", of: ({ p95 }) => p95, pick: "highest" },
      { label: "Half", of: ({ p50 }) => p50, pick: "highest" }
    ],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "connections",
    title: "Database connections",
    meaning:
      "Lent: how many are at work at the busiest moment. Waiting: callers for whom none was free. Some waiting in a rush is fine; waiting that does not end is not.",
    lines: [
      { label: "Lent", of: ({ lent }) => lent, pick: "highest" },
      { label: "Waiting", of: ({ waiting }) => waiting, pick: "highest" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "event-loop",
    title: "Longest pause",
    meaning:
      "The longest time for which the program did one thing only and answered nobody (the event loop's delay), of the minute before. Above a second visitors notice it.",
    lines: [{ label: "Longest", of: ({ eventLoopDelay }) => eventLoopDelay, pick: "highest" }],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "cpu",
    title: "Processor",
    meaning: "Of one core's time; the database's threads may make it more than all of one core.",
    lines: [{ label: "Used", of: ({ cpu }) => cpu, pick: "average" }],
    format: percent,
    atLeast: 0.1
  },
  {
    name: "memory",
    title: "Memory",
    meaning:
      "All: what the process holds of this machine's memory. Objects: the part that the program's own data takes. A line that only ever climbs would be a leak.",
    lines: [
      { label: "All", of: ({ residentBytes }) => residentBytes, pick: "highest" },
      { label: "Objects", of: ({ heapBytes }) => heapBytes, pick: "highest" }
    ],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "disk",
    title: "Room on the disk",
    meaning:
      "What is left for the data directory. Below 268 MB the site calls itself degraded. With nothing left, reading goes on, and whoever writes is told why that cannot be.",
    lines: [{ label: "Free", of: ({ freeBytes }) => freeBytes, pick: "lowest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "wal",
    title: "Write-ahead log",
    meaning:
      "The file beside the database into which changes go first. Above 17 MB the site folds it into the database as soon as readers pause; above 67 MB the log names who keeps it from that.",
    lines: [{ label: "Size", of: ({ walBytes }) => walBytes, pick: "highest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "log",
    title: "Log lines lost",
    meaning:
      "Lines that the log's output could not take, because it was full, closed or too slow. The site does not wait for it.",
    lines: [{ label: "Lost", of: ({ linesDropped }) => linesDropped, pick: "sum" }],
    format: count,
    atLeast: 1
  }
]
