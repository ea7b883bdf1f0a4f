import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import * as Renderer from "./memory/Renderer.js"
import * as SqlPool from "./sqlite/pool/SqlPool.js"
import { migrate } from "./sqlite/schema/Migrator.js"

/** A directory that is removed when the scope closes. */
export const temporaryDirectory = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-"))),
  (directory) => Effect.promise(() => rm(directory, { recursive: true, force: true }))
)

/** A database without posts that has the current schema. Copying it takes a fifth of the time that migrating does. */
let migrated: Uint8Array | undefined

const createDatabase = Effect.fnUntraced(function* (path: string) {
  const template = migrated
  if (template !== undefined) return yield* Effect.promise(() => writeFile(path, template))
  yield* Effect.scoped(Layer.build(Layer.effectDiscard(migrate).pipe(Layer.provide(SqlPool.layerThread({ path })))))
  migrated = yield* Effect.promise(() => readFile(path))
})

/**
 * Connections to a new database with the current schema, in a temporary directory that is removed with the layer, and a
 * renderer for what is written to it. In a thread of their own each (`worker`), as on a server, or in the caller's (`thread`).
 */
export const database = (kind: "thread" | "worker" = "thread", options: Omit<SqlPool.PoolOptions, "path"> = {}) =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const path = join(yield* temporaryDirectory, "starpunk.db")
      yield* createDatabase(path)
      const pool =
        kind === "thread" ? SqlPool.layerThread({ path, ...options }) : SqlPool.layerWorker({ path, ...options })
      return Layer.effectDiscard(migrate).pipe(Layer.provideMerge(pool), Layer.merge(Renderer.layer))
    })
  )
