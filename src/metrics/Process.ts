import { Counter, Gauge } from "./Instrument.js"

/** Processor time. This and the following have the names that all Prometheus clients use. */
export const cpu = new Counter({
  name: "process.cpu",
  help: "User and system processor time spent by the process",
  unit: "s",
  labels: []
})

export const residentMemory = new Gauge({
  name: "process.resident_memory",
  help: "Resident memory of the process",
  unit: "By",
  labels: []
})

/** Start of the process in epoch seconds. */
export const startTime = new Gauge({
  name: "process.start_time",
  help: "When the process started, in seconds since the epoch",
  unit: "s",
  labels: []
})

/** Memory of JavaScript objects. */
export const heapUsed = new Gauge({
  name: "nodejs.heap_size_used",
  help: "Memory that JavaScript objects use",
  unit: "By",
  labels: []
})

/** Memory reserved for JavaScript objects. */
export const heapTotal = new Gauge({
  name: "nodejs.heap_size_total",
  help: "Memory reserved for JavaScript objects",
  unit: "By",
  labels: []
})

/** Memory of buffers and other objects outside of the heap. */
export const externalMemory = new Gauge({
  name: "nodejs.external_memory",
  help: "Memory of buffers and other objects outside the JavaScript heap",
  unit: "By",
  labels: []
})

/** https://opentelemetry.io/docs/specs/semconv/runtime/nodejs-metrics/: the delay beyond the timer's own resolution. */
export const eventLoopDelayMax = new Gauge({
  name: "nodejs.eventloop.delay.max",
  help: "Longest delay of the event loop in the last minute",
  unit: "s",
  labels: []
})

/** 99th percentile of the worst ten seconds. */
export const eventLoopDelayP99 = new Gauge({
  name: "nodejs.eventloop.delay.p99",
  help: "99th percentile of the event loop delay, of the worst ten seconds in the last minute",
  unit: "s",
  labels: []
})

/** Median. */
export const eventLoopDelayP50 = new Gauge({
  name: "nodejs.eventloop.delay.p50",
  help: "Median of the event loop delay in the last ten seconds",
  unit: "s",
  labels: []
})

/** Active and idle time, from which the utilization follows. */
export const eventLoopTime = new Counter({
  name: "nodejs.eventloop.time",
  help: "Time that the event loop was active and idle",
  unit: "s",
  labels: ["nodejs.eventloop.state"]
})

/** Active fraction of the last ten seconds. */
export const eventLoopUtilization = new Gauge({
  name: "nodejs.eventloop.utilization",
  help: "Ratio of the last ten seconds in which the event loop was active",
  unit: "1",
  labels: []
})
