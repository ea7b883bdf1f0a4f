import { stat, statfs } from "node:fs/promises"
import { monitorEventLoopDelay, performance } from "node:perf_hooks"
import { Effect, Layer, Option } from "effect"
import { Machine } from "../../src/services/Machine.js"
import { Settings } from "../../src/settings/Config.js"
import { ifMissing } from "../files/IfMissing.js"

/** Sampling interval of the delay, which the histogram subtracts. */
const resolutionMillis = 20

const looked = (look: () => Promise<number>): Effect.Effect<Option.Option<number>> =>
  Effect.option(Effect.tryPromise(look))

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size

/** Metrics of this process, and of the disk that the settings name. */
export const layer: Layer.Layer<Machine, never, Settings> = Layer.scoped(
  Machine,
  Effect.gen(function* () {
    const { database, databasePath, dataPath } = yield* Settings
    const isFile = Option.isNone(database.address)
    const delay = yield* Effect.acquireRelease(
      Effect.sync(() => {
        const histogram = monitorEventLoopDelay({ resolution: resolutionMillis })
        histogram.enable()
        return histogram
      }),
      (histogram) => Effect.sync(() => histogram.disable())
    )
    const seconds = (nanos: number) => Math.max(0, nanos / 1e9 - resolutionMillis / 1000)

    return {
      nodeVersion: process.version,
      startedAt: Math.round(performance.timeOrigin),
      process: Effect.sync(() => {
        const { external, heapTotal, heapUsed, rss } = process.memoryUsage()
        const { system, user } = process.cpuUsage()
        const { active, idle } = performance.eventLoopUtilization()
        return {
          cpuSeconds: (user + system) / 1e6,
          residentBytes: rss,
          heapUsedBytes: heapUsed,
          heapTotalBytes: heapTotal,
          externalBytes: external,
          activeSeconds: active / 1000,
          idleSeconds: idle / 1000
        }
      }),
      takeEventLoopDelay: Effect.sync(() => {
        const taken =
          delay.count === 0
            ? { max: 0, p99: 0, p50: 0 }
            : { max: seconds(delay.max), p99: seconds(delay.percentile(99)), p50: seconds(delay.percentile(50)) }
        delay.reset()
        return taken
      }),
      storage: Effect.all({
        // A database on a server has no file here.
        databaseBytes: isFile ? looked(() => sizeOf(databasePath)) : Effect.succeedNone,
        walBytes: isFile ? looked(() => sizeOf(`${databasePath}-wal`).catch(ifMissing(0))) : Effect.succeedNone,
        freeBytes: looked(async () => {
          const { bavail, bsize } = await statfs(dataPath)
          return bavail * bsize
        })
      })
    }
  })
)
