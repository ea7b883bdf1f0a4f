import { existsSync } from "node:fs"
import { Effect, type Layer } from "effect"
import { layerThread, layerWorker, type PoolOptions } from "../../../layers/sqlite/pool/SqlPool.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Logger } from "../../../src/services/Logger.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, foreignLock, fromOutside, writable } from "../../fixtures/Database.js"
import { conforms, type Ground } from "./SqlPool.js"

const sqlite = {
  integer: "INTEGER",
  bytes: "BLOB",
  real: "REAL",
  orphan: "SQLITE_CONSTRAINT_FOREIGNKEY",
  nul: "\0",
  ending: "INSERT OR ROLLBACK INTO notes VALUES (1, NULL)"
}

const file = (make: (options: PoolOptions) => Layer.Layer<SqlPool, DatabaseOpenFailed, Logger>) =>
  Effect.map(
    databasePath,
    (path): Ground => ({
      layer: (options) => make({ path, ...options }),
      isWritable: writable(path),
      holdLock: foreignLock(path),
      ids: fromOutside(path, (database) => database.prepare<[], number>("SELECT id FROM notes").pluck().all()),
      isTidy: Effect.sync(() => !existsSync(`${path}-wal`))
    })
  )

conforms("connections in the calling thread", sqlite, file(layerThread))
conforms("connections on worker threads", sqlite, file(layerWorker))
