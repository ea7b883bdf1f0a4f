import { Counter, Gauge } from "./Instrument.js"

/** Version of the program; always 1. */
export const buildInfo = new Gauge({
  name: "starpunk.build_info",
  help: "Versions of StarPunk and Node.js; always 1",
  unit: "{program}",
  labels: ["version", "node_version"]
})

/** Name of this server among those of the site; always 1. Absent if it can only be the only one. */
export const instanceInfo = new Gauge({
  name: "starpunk.instance_info",
  help: "Name of this server, if several can serve the site; always 1",
  unit: "{program}",
  labels: ["name"]
})

/** 1 if this server does the background work of the site; otherwise 0. */
export const leader = new Gauge({
  name: "starpunk.leader",
  help: "1 while this server does the background work of the site, 0 while another one does",
  unit: "{state}",
  labels: []
})

/** 1 if the site is ready for requests, as `/health/ready` says; otherwise 0. */
export const ready = new Gauge({
  name: "starpunk.ready",
  help: "1 while /health/ready answers 200, 0 while it answers 503",
  unit: "{state}",
  labels: []
})

/** Last status of each health check. */
export const healthCheck = new Gauge({
  name: "starpunk.health.check",
  help: "Last result of a health check: 0 healthy, 1 degraded, 2 unhealthy",
  unit: "{state}",
  labels: ["check"]
})

/** Number of runs of each health check. A request for health runs none. */
export const healthLooks = new Counter({
  name: "starpunk.health.looks",
  help: "Number of runs of a health check",
  unit: "{look}",
  labels: ["check"]
})

/** The search engine in use. */
export const searchEngine = new Gauge({
  name: "starpunk.search.engine",
  help: "1 for the search engine in use, 0 for the others",
  unit: "{engine}",
  labels: ["engine"]
})

/** 1 if search is worse than intended; otherwise 0. */
export const searchReduced = new Gauge({
  name: "starpunk.search.reduced",
  help: "1 while search uses the fallback although the full-text index is configured",
  unit: "{state}",
  labels: []
})

/** Posts waiting for the index. */
export const searchPending = new Gauge({
  name: "starpunk.search.pending_posts",
  help: "Posts whose entry in the search index is out of date",
  unit: "{post}",
  labels: []
})

/** Active sessions of the owner. */
export const sessions = new Gauge({
  name: "starpunk.sessions",
  help: "Active sessions of the owner",
  unit: "{session}",
  labels: []
})

/** Writes of a session's last use: at most one per minute and session. */
export const sessionExtensions = new Counter({
  name: "starpunk.sessions.extended",
  help: "Number of times that a session was extended",
  unit: "{write}",
  labels: []
})

/** Log lines, by outcome. */
export const logLines = new Counter({
  name: "starpunk.log.lines",
  help: "Log lines that were written, or dropped because the output was full, closed or too slow",
  unit: "{line}",
  labels: ["outcome"]
})

/** Requests of clients that the activity log dropped. */
export const activityLost = new Counter({
  name: "starpunk.activity.lost",
  help: "Requests of clients that are missing in the activity log because it could not be written",
  unit: "{event}",
  labels: []
})

/** Time of the newest backup; no series if the server makes none. */
export const backupLastSuccess = new Gauge({
  name: "starpunk.backup.last_success_timestamp",
  help: "Time of the newest backup, in seconds since the epoch; 0 if there is none",
  unit: "s",
  labels: []
})

/** Interval of backups; no series if the server makes none. */
export const backupInterval = new Gauge({
  name: "starpunk.backup.interval",
  help: "Configured interval between backups; absent if automatic backups are off",
  unit: "s",
  labels: []
})

/** Backups that failed. */
export const backupFailures = new Counter({
  name: "starpunk.backup.failures",
  help: "Automatic backups that failed",
  unit: "{backup}",
  labels: []
})

/** Free space on the file system of the data directory. */
export const storageFree = new Gauge({
  name: "starpunk.storage.free",
  help: "Free disk space for the data directory",
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
  help: "Batches of traces, logs or metrics that the collector did not accept",
  unit: "{batch}",
  labels: ["signal"]
})
