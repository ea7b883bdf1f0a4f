import type { Point } from "../../metrics/History.js"
import type { ChartOf } from "./Chart.js"
import { bytes, count, percent, seconds } from "./Quantity.js"

const perMinute = (of: (point: Point) => number) => (point: Point) => (of(point) / point.seconds) * 60

/** All charts, those that visitors notice first. */
export const charts: ReadonlyArray<ChartOf> = [
  {
    name: "requests",
    title: "Requests per minute",
    meaning: "Average number of requests per minute, without probes of /health and scrapes of /metrics.",
    lines: [{ label: "Requests", of: perMinute(({ requests }) => requests), pick: "average" }],
    format: count,
    atLeast: 1
  },
  {
    name: "trouble",
    title: "Errors and throttled",
    meaning:
      "Errors: requests that failed because of the server (status 500 and above); the log has the cause of each. Throttled: requests above a rate limit (status 429).",
    lines: [
      { label: "Errors", of: ({ failed }) => failed, pick: "sum" },
      { label: "Throttled", of: ({ limited }) => limited, pick: "sum" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "duration",
    title: "Response time",
    meaning: "95th percentile and median of the response time. Up to 100 ms feels instant.",
    lines: [
      { label: "95th percentile", of: ({ p95 }) => p95, pick: "highest" },
      { label: "Median", of: ({ p50 }) => p50, pick: "highest" }
    ],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "connections",
    title: "Database connections",
    meaning:
      "In use: the most connections in use at the same time. Waiting: callers without a free connection. Short waits under load are normal; permanent waiting is not.",
    lines: [
      { label: "In use", of: ({ lent }) => lent, pick: "highest" },
      { label: "Waiting", of: ({ waiting }) => waiting, pick: "highest" }
    ],
    format: count,
    atLeast: 1
  },
  {
    name: "event-loop",
    title: "Longest stall",
    meaning:
      "Longest delay of the event loop within one minute. The server handles no request during a stall. Visitors notice stalls above one second.",
    lines: [{ label: "Longest stall", of: ({ eventLoopDelay }) => eventLoopDelay, pick: "highest" }],
    format: seconds,
    atLeast: 0.01
  },
  {
    name: "cpu",
    title: "CPU",
    meaning: "Share of one core. The threads of the database can raise it above 100 %.",
    lines: [{ label: "Used", of: ({ cpu }) => cpu, pick: "average" }],
    format: percent,
    atLeast: 0.1
  },
  {
    name: "memory",
    title: "Memory",
    meaning:
      "Total: resident memory of the process. Heap: memory of JavaScript objects. A line that keeps rising indicates a leak.",
    lines: [
      { label: "Total", of: ({ residentBytes }) => residentBytes, pick: "highest" },
      { label: "Heap", of: ({ heapBytes }) => heapBytes, pick: "highest" }
    ],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "disk",
    title: "Free disk space",
    meaning:
      "Free space on the disk of the data directory. Below 268 MB the site is degraded. When the disk is full, reading still works and writes fail with an error.",
    lines: [{ label: "Free", of: ({ freeBytes }) => freeBytes, pick: "lowest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "wal",
    title: "Write-ahead log",
    meaning:
      "Size of the database's write-ahead log. Above 17 MB, StarPunk checkpoints it when readers pause; above 67 MB, it logs which caller prevents the checkpoint.",
    lines: [{ label: "Size", of: ({ walBytes }) => walBytes, pick: "highest" }],
    format: bytes,
    atLeast: 1_000_000
  },
  {
    name: "log",
    title: "Log lines lost",
    meaning: "Log lines dropped because the output was full, closed or too slow.",
    lines: [{ label: "Lost", of: ({ linesDropped }) => linesDropped, pick: "sum" }],
    format: count,
    atLeast: 1
  }
]
