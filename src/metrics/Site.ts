import { Counter, Gauge } from "./Instrument.js"

/** Version of the program; always 1. */
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

/** Last status of each health check. */
export const healthCheck = new Gauge({
  name: "starpunk.health.check",
  help: "What a health check found last: 0 healthy, 1 degraded, 2 unhealthy",
  unit: "{state}",
  labels: ["check"]
})

/** Number of runs of each health check. A request for health runs none. */
export const healthLooks = new Counter({
  name: "starpunk.health.looks",
  help: "How often a health check has looked",
  unit: "{look}",
  labels: ["check"]
})

/** The search engine in use. */
export const searchEngine = new Gauge({
  name: "starpunk.search.engine",
  help: "1 for the search engine that answers, 0 for the other",
  unit: "{engine}",
  labels: ["engine"]
})

/** Whether search is worse than intended. */
export const searchReduced = new Gauge({
  name: "starpunk.search.reduced",
  help: "1 while search answers without the full-text index though nobody asked for that",
  unit: "{state}",
  labels: []
})

/** Posts waiting for the index. */
export const searchPending = new Gauge({
  name: "starpunk.search.pending_posts",
  help: "Posts whose entry in the search index is not up to date yet",
  unit: "{post}",
  labels: []
})

/** Active sessions of the owner. */
export const sessions = new Gauge({
  name: "starpunk.sessions",
  help: "Living sessions of the owner",
  unit: "{session}",
  labels: []
})

/** Writes of a session's last use: at most one per minute and session. */
export const sessionExtensions = new Counter({
  name: "starpunk.sessions.extended",
  help: "How often the use of a session was written down",
  unit: "{write}",
  labels: []
})

/** Log lines, by outcome. */
export const logLines = new Counter({
  name: "starpunk.log.lines",
  help: "Lines of the log that were written, and that were dropped because the output was full, closed or too slow",
  unit: "{line}",
  labels: ["outcome"]
})

/** Requests of clients that the activity log dropped. */
export const activityLost = new Counter({
  name: "starpunk.activity.lost",
  help: "Requests of clients that could not be written down for the page of activity",
  unit: "{event}",
  labels: []
})

/** Time of the newest backup; no series if the server makes none. */
export const backupLastSuccess = new Gauge({
  name: "starpunk.backup.last_success_timestamp",
  help: "When the newest backup was made, in seconds since the epoch; 0 while there is none",
  unit: "s",
  labels: []
})

/** Interval of backups; no series if the server makes none. */
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

/** Free space on the file system of the data directory. */
export const storageFree = new Gauge({
  name: "starpunk.storage.free",
  help: "Room that is left for the data directory",
  unit: "By",
  labels: []
})

/** Size of all media files. */
export const mediaSize = new Gauge({
  name: "starpunk.media.size",
  help: "Size of all media files",
  unit: "By",
  labels: []
})

/** Batches that the telemetry collector did not accept. */
export const telemetryFailures = new Counter({
  name: "starpunk.telemetry.failures",
  help: "Batches of traces, logs or metrics that the collector did not take",
  unit: "{batch}",
  labels: ["signal"]
})
