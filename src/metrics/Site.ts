import { Counter, Gauge } from "./Instrument.js"

/** Which program this is; always 1. */
export const buildInfo = new Gauge({
  name: "starpunk.build_info",
  help: "Which program answers; always 1",
  unit: "{program}",
  labels: ["version", "node_version"]
})

/** Whether requests should be sent here, as `/health/ready` says. */
export const ready = new Gauge({
  name: "starpunk.ready",
  help: "1 while /health/ready answers 200, 0 while it answers 503",
  unit: "{state}",
  labels: []
})

/** What each health check said last. */
export const healthCheck = new Gauge({
  name: "starpunk.health.check",
  help: "What a health check found last: 0 healthy, 1 degraded, 2 unhealthy",
  unit: "{state}",
  labels: ["check"]
})

/** How often each check has looked. Asking for health looks at nothing. */
export const healthLooks = new Counter({
  name: "starpunk.health.looks",
  help: "How often a health check has looked",
  unit: "{look}",
  labels: ["check"]
})

/** Which engine answers searches. */
export const searchEngine = new Gauge({
  name: "starpunk.search.engine",
  help: "1 for the search engine that answers, 0 for the other",
  unit: "{engine}",
  labels: ["engine"]
})

/** Whether search gives less than it could. */
export const searchReduced = new Gauge({
  name: "starpunk.search.reduced",
  help: "1 while search answers without the full-text index though nobody asked for that",
  unit: "{state}",
  labels: []
})

/** Posts in line for the index. */
export const searchPending = new Gauge({
  name: "starpunk.search.pending_posts",
  help: "Posts whose entry in the search index is not up to date yet",
  unit: "{post}",
  labels: []
})

/** Living sessions of the owner. */
export const sessions = new Gauge({
  name: "starpunk.sessions",
  help: "Living sessions of the owner",
  unit: "{session}",
  labels: []
})

/** Sessions written down as used: at most once a minute each, however many requests they make. */
export const sessionExtensions = new Counter({
  name: "starpunk.sessions.extended",
  help: "How often the use of a session was written down",
  unit: "{write}",
  labels: []
})

/** Lines of the log, by what became of them. */
export const logLines = new Counter({
  name: "starpunk.log.lines",
  help: "Lines of the log that were written, and that were dropped because the output was full, closed or too slow",
  unit: "{line}",
  labels: ["outcome"]
})

/** Requests of clients that the trace could not keep. */
export const activityLost = new Counter({
  name: "starpunk.activity.lost",
  help: "Requests of clients that could not be written down for the page of activity",
  unit: "{event}",
  labels: []
})

/** When the newest backup was made; no series where the server makes none. */
export const backupLastSuccess = new Gauge({
  name: "starpunk.backup.last_success_timestamp",
  help: "When the newest backup was made, in seconds since the epoch; 0 while there is none",
  unit: "s",
  labels: []
})

/** How far apart backups are meant to be; no series where the server makes none. */
export const backupInterval = new Gauge({
  name: "starpunk.backup.interval",
  help: "From one backup to the next, as it is set; absent where the server makes none",
  unit: "s",
  labels: []
})

/** Backups that failed. */
export const backupFailures = new Counter({
  name: "starpunk.backup.failures",
  help: "Backups that the server could not make",
  unit: "{backup}",
  labels: []
})

/** Room on the file system of the data directory. */
export const storageFree = new Gauge({
  name: "starpunk.storage.free",
  help: "Room that is left for the data directory",
  unit: "By",
  labels: []
})

/** What pictures, films and recordings weigh. */
export const mediaSize = new Gauge({
  name: "starpunk.media.size",
  help: "Size of all media files",
  unit: "By",
  labels: []
})

/** What could not be told to the collector of telemetry. */
export const telemetryFailures = new Counter({
  name: "starpunk.telemetry.failures",
  help: "Batches of traces, logs or metrics that the collector did not take",
  unit: "{batch}",
  labels: ["signal"]
})
