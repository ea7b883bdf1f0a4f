import * as Database from "./Database.js"
import * as Http from "./Http.js"
import type { Instrument } from "./Instrument.js"
import * as Overload from "./Overload.js"
import * as PageCache from "./PageCache.js"
import * as Process from "./Process.js"
import * as Site from "./Site.js"

/** Any instrument, with any labels. */
export type AnyInstrument = Pick<Instrument<string>, "about" | "kind" | "series">

/** All instruments, in the order in which they are shown. */
export const instruments: ReadonlyArray<AnyInstrument> = [
  Site.buildInfo,
  Site.instanceInfo,
  Site.leader,
  Site.ready,
  Site.healthCheck,
  Site.healthLooks,
  Http.requestDuration,
  Http.activeRequests,
  Http.failures,
  Overload.concurrencyLimit,
  Overload.waitingRequests,
  PageCache.hits,
  PageCache.misses,
  PageCache.entries,
  PageCache.size,
  Database.connections,
  Database.maxConnections,
  Database.maxIdleConnections,
  Database.pendingRequests,
  Database.connectionTimeouts,
  Database.createTime,
  Database.transactionWrites,
  Database.waitTime,
  Database.useTime,
  Database.invalidated,
  Database.databaseSize,
  Database.walSize,
  Site.storageFree,
  Site.mediaSize,
  Site.searchEngine,
  Site.searchReduced,
  Site.searchPending,
  Site.sessions,
  Site.sessionExtensions,
  Site.logLines,
  Site.activityLost,
  Site.backupLastSuccess,
  Site.backupInterval,
  Site.backupFailures,
  Site.telemetryFailures,
  Process.cpu,
  Process.residentMemory,
  Process.startTime,
  Process.heapUsed,
  Process.heapTotal,
  Process.externalMemory,
  Process.eventLoopDelayMax,
  Process.eventLoopDelayP99,
  Process.eventLoopDelayP50,
  Process.eventLoopTime,
  Process.eventLoopUtilization
]
