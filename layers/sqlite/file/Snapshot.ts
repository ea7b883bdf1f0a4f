import { open, stat } from "node:fs/promises"
import { Effect, Schedule, Schema } from "effect"
import { type DatabaseFailure, DatabaseUnavailable } from "../../../src/errors/failure/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"
import type { OnProgress } from "../../../src/services/Backup.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { firstCommit } from "../pool/CommitCount.js"
import type { Open } from "../pool/Driver.js"
import * as SingleConnection from "../pool/SingleConnection.js"
import * as SchemaHistory from "../schema/SchemaHistory.js"
import * as Soundness from "./Soundness.js"

/** A copy of the database, looked at. */
export interface Looked {
  readonly soundness: Soundness.Unsoundness
  readonly schema: SchemaHistory.SchemaHistory
  /** Posts in it, drafts and deleted ones included. */
  readonly posts: number
}

const sizeOf = (path: string) =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map(({ size }) => size),
    Effect.orElseSucceed(() => 0)
  )

/** Where a database's header has `user_version`: https://www.sqlite.org/fileformat2.html#user_version_number */
const userVersionAt = 60

/** Gives a copy a count of commits of its own: its pages lie elsewhere, so no log of the original's may be read with it. */
const countAnew = async (path: string): Promise<void> => {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(firstCommit())
  const file = await open(path, "r+")
  try {
    await file.write(count, 0, count.length, userVersionAt)
  } finally {
    await file.close()
  }
}

/**
 * Copies the database as of one moment into a new file, beside whoever reads and writes: `VACUUM INTO` holds a read
 * transaction, for which the write-ahead log makes nobody wait, and reads every row, so that damage shows. Writers' 99th
 * percentile beside it was measured to be no worse than beside SQLite's backup interface (decision 15).
 * https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause
 */
export const take = (
  openDriver: Open,
  settings: SettingsValues,
  target: string,
  onProgress: OnProgress
): Effect.Effect<void, DatabaseOpenFailed | DatabaseFailure> =>
  Effect.scoped(
    Effect.gen(function* () {
      const source = settings.databasePath
      const connection = yield* SingleConnection.open(
        openDriver,
        SingleConnection.optionsOf(settings, source, "reader")
      )
      // The file was opened for reading only, which goes on holding; this would forbid to write the copy as well.
      yield* connection.run("PRAGMA query_only = OFF")
      const total = yield* sizeOf(source)
      const look = Effect.map(sizeOf(target), (done) => onProgress({ step: "Copying the database", done, total }))
      yield* Effect.forkScoped(Effect.repeat(look, Schedule.spaced("200 millis")))
      yield* connection.run("VACUUM INTO ?", target)
      yield* Effect.tryPromise({
        try: () => countAnew(target),
        catch: (error) => new DatabaseUnavailable({ driverCode: `WRITE: ${String(error)}` })
      })
    })
  )

/** Looks at all of a copy that nobody else has open. */
export const look = (
  openDriver: Open,
  settings: SettingsValues,
  path: string
): Effect.Effect<Looked, DatabaseOpenFailed | DatabaseFailure> =>
  Effect.scoped(
    Effect.gen(function* () {
      const connection = yield* SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "reader"))
      const soundness = yield* Soundness.examine(connection)
      const schema = yield* SchemaHistory.read(connection)
      const [row] =
        schema.state === "none"
          ? []
          : yield* connection.query(Schema.Struct({ posts: Schema.Int }), "SELECT count(*) AS posts FROM posts")
      return { soundness, schema, posts: row?.posts ?? 0 }
    })
  )
