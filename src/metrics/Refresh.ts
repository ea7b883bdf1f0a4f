import { Duration, Effect, Option } from "effect"
import { Activity } from "../services/Activity.js"
import { BackupDirectory } from "../services/BackupDirectory.js"
import { type Health, HealthChecker, type HealthReport } from "../services/HealthChecker.js"
import { Instances } from "../services/Instances.js"
import { Logger } from "../services/Logger.js"
import { Machine } from "../services/Machine.js"
import { MediaStore } from "../services/MediaStore.js"
import { PageCache } from "../services/PageCache.js"
import { type EngineName, isReduced, SearchEngine } from "../services/SearchEngine.js"
import { SessionManager } from "../services/SessionManager.js"
import { type PoolStats, SqlPool } from "../services/SqlPool.js"
import { Settings } from "../settings/Config.js"
import { version } from "../version.js"
import * as Database from "./Database.js"
import type { Gauge } from "./Instrument.js"
import * as PageCacheMetrics from "./PageCache.js"
import * as Process from "./Process.js"
import * as Site from "./Site.js"

const severity: Readonly<Record<Health, number>> = { healthy: 0, degraded: 1, unhealthy: 2 }

const engineNames: ReadonlyArray<EngineName> = ["fts5", "trigram", "fallback"]

const setLane = (name: "reader" | "writer", stats: PoolStats): void => {
  const label = Database.poolLabel(name)
  Database.connections.set({ ...label, "db.client.connection.state": "used" }, stats.active)
  Database.connections.set({ ...label, "db.client.connection.state": "idle" }, stats.available)
  Database.maxConnections.set(label, stats.pool_size)
  Database.maxIdleConnections.set(label, stats.pool_size)
  Database.pendingRequests.set(label, stats.waiting)
  Database.connectionTimeouts.reach(label, stats.timeouts)
  Database.invalidated.reach(label, stats.invalidated)
}

const setHealth = ({ checks, status }: HealthReport): void => {
  Site.ready.set({}, status === "unhealthy" ? 0 : 1)
  for (const [check, result] of Object.entries(checks)) Site.healthCheck.set({ check }, severity[result.status])
}

const setIfKnown = (gauge: Gauge<never>, value: Option.Option<number>): void => {
  if (Option.isSome(value)) gauge.set({}, value.value)
}

/** Copies counters and states of other services into the instruments. Reads memory only, so that scrapes are cheap. */
export const fromMemory = Effect.gen(function* () {
  const activity = yield* Activity
  const health = yield* HealthChecker
  const logger = yield* Logger
  const machine = yield* Machine
  const pages = yield* PageCache
  const pool = yield* SqlPool
  const search = yield* SearchEngine
  const instances = yield* Instances
  Site.buildInfo.set({ version, node_version: machine.nodeVersion }, 1)
  if (instances.name !== "") Site.instanceInfo.set({ name: instances.name }, 1)
  Process.startTime.set({}, machine.startedAt / 1000)
  // A counter at 0 is exported, so that dashboards see that it never happened.
  Site.backupFailures.add({}, 0)
  Site.sessionExtensions.add({}, 0)

  return Effect.gen(function* () {
    const { reader, writer } = yield* pool.stats
    setLane("reader", reader)
    setLane("writer", writer)
    setHealth(yield* health.ready)
    Site.leader.set({}, instances.leads() ? 1 : 0)

    const { bytes, hits, misses, pages: entries } = pages.stats()
    PageCacheMetrics.hits.reach({}, hits)
    PageCacheMetrics.misses.reach({}, misses)
    PageCacheMetrics.entries.set({}, entries)
    PageCacheMetrics.size.set({}, bytes)

    const status = yield* search.status
    const { engine, pending } = status
    for (const name of engineNames) Site.searchEngine.set({ engine: name }, engine === name ? 1 : 0)
    Site.searchReduced.set({}, isReduced(status) ? 1 : 0)
    Site.searchPending.set({}, pending)

    const { dropped, written } = yield* logger.stats
    Site.logLines.reach({ outcome: "written" }, written)
    Site.logLines.reach({ outcome: "dropped" }, dropped)
    Site.activityLost.reach({}, yield* activity.lost)

    const use = yield* machine.process
    Process.cpu.reach({}, use.cpuSeconds)
    Process.residentMemory.set({}, use.residentBytes)
    Process.heapUsed.set({}, use.heapUsedBytes)
    Process.heapTotal.set({}, use.heapTotalBytes)
    Process.externalMemory.set({}, use.externalBytes)
    Process.eventLoopTime.reach({ "nodejs.eventloop.state": "active" }, use.activeSeconds)
    Process.eventLoopTime.reach({ "nodejs.eventloop.state": "idle" }, use.idleSeconds)
  })
})

/** Reads metrics from the database and the disk. A value that cannot be read stays. */
export const fromStorage = Effect.gen(function* () {
  const backups = yield* BackupDirectory
  const machine = yield* Machine
  const media = yield* MediaStore
  const sessions = yield* SessionManager
  const { backup } = yield* Settings
  if (Option.isSome(backups)) Site.backupInterval.set({}, Duration.toSeconds(backup.interval))

  const setBackup = Option.match(backups, {
    onNone: () => Effect.void,
    onSome: ({ latest }) =>
      Effect.map(latest, (at) => Site.backupLastSuccess.set({}, Option.getOrElse(at, () => 0) / 1000))
  })

  return Effect.gen(function* () {
    const { databaseBytes, freeBytes, walBytes } = yield* machine.storage
    setIfKnown(Database.databaseSize, databaseBytes)
    setIfKnown(Database.walSize, walBytes)
    setIfKnown(Site.storageFree, freeBytes)
    yield* Effect.ignore(setBackup)
    yield* Effect.ignore(Effect.map(sessions.list, ({ length }) => Site.sessions.set({}, length)))
    yield* Effect.ignore(Effect.map(media.size, (bytes) => Site.mediaSize.set({}, bytes)))
  })
})
