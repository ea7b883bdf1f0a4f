import { Gauge } from "./Instrument.js"

/** Pages that may be rendered at once. */
export const concurrencyLimit = new Gauge({
  name: "starpunk.http.concurrency_limit",
  help: "Pages that may be rendered at once; adjusted to what the machine can do",
  unit: "{request}",
  labels: ["budget"]
})

/** Requests that wait for their turn. */
export const waitingRequests = new Gauge({
  name: "starpunk.http.waiting_requests",
  help: "Requests for pages that wait for their turn",
  unit: "{request}",
  labels: ["budget"]
})
