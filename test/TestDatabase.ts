import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import * as MemoryRenderer from "../layers/memory/Renderer.js"
import * as SqlitePool from "../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../layers/sqlite/schema/Migrator.js"

const temporaryDirectory = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-"))),
  (directory) => Effect.promise(() => rm(directory, { recursive: true, force: true }))
)

/**
 * A pool over a fresh database with today's schema, in a temporary directory that goes when the layer does, and a
 * renderer for what is written to it.
 */
export const testDatabase = (kind: "thread" | "worker", more: Omit<SqlitePool.PoolOptions, "path"> = {}) =>
  Layer.unwrapScoped(
    Effect.map(temporaryDirectory, (directory) => {
      const options = { path: join(directory, "starpunk.db"), ...more }
      return Layer.effectDiscard(migrate).pipe(
        Layer.provideMerge(kind === "thread" ? SqlitePool.layerThread(options) : SqlitePool.layerWorker(options)),
        Layer.merge(MemoryRenderer.layer)
      )
    })
  )
