import { Counter, Gauge } from "./Instrument.js"

/** Requests answered from the page cache. */
export const hits = new Counter({
  name: "starpunk.page_cache.hits",
  help: "Requests answered from the page cache",
  unit: "{request}",
  labels: []
})

/** Requests for a public page that had to be rendered. */
export const misses = new Counter({
  name: "starpunk.page_cache.misses",
  help: "Requests that were not in the page cache and had to be rendered",
  unit: "{request}",
  labels: []
})

/** Addresses in the page cache. */
export const entries = new Gauge({
  name: "starpunk.page_cache.entries",
  help: "Addresses in the page cache",
  unit: "{page}",
  labels: []
})

/** Memory of the page cache. */
export const size = new Gauge({
  name: "starpunk.page_cache.size",
  help: "Memory that the page cache uses",
  unit: "By",
  labels: []
})
