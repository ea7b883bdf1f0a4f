import { createHash } from "node:crypto"
import type { SqlClient, SqlError } from "@effect/sql"
import { Clock, Effect, Schedule } from "effect"
import type { DatabaseFailure } from "../../../src/errors/failure/Database.js"
import { MigrationChanged, MigrationFailed, SchemaTooNew } from "../../../src/errors/failure/Startup.js"
import { Logger } from "../../../src/services/Logger.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { version } from "../../../src/version.js"
import type { Migration } from "./Migration.js"
import { migrations } from "./migrations.js"

/** What can keep the schema from being brought up to date. */
export type MigrateFailure = SchemaTooNew | MigrationChanged | MigrationFailed | DatabaseFailure

/** A row of the table `migrations`: what was done to this database, and by which version of the program. */
interface Applied {
  readonly id: number
  readonly name: string
  readonly checksum: string
  readonly applied_by: string
}

const table = `CREATE TABLE IF NOT EXISTS migrations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  applied_by TEXT NOT NULL
) STRICT`

/** SHA-256 over the statements, in hexadecimal. */
export const checksum = (migration: Migration): string =>
  createHash("sha256").update(JSON.stringify(migration.statements)).digest("hex")

/** The first migration that is still to be applied, once the history has been found to be a beginning of ours. */
const next = Effect.fnUntraced(function* (known: ReadonlyArray<Migration>, applied: ReadonlyArray<Applied>) {
  const latest = applied.at(-1)
  const newest = known.at(-1)?.id ?? 0
  if (latest !== undefined && latest.id > newest) {
    return yield* new SchemaTooNew({
      found: latest.id,
      foundName: latest.name,
      known: newest,
      writtenBy: latest.applied_by
    })
  }
  for (const [place, row] of applied.entries()) {
    const migration = known[place]
    if (migration?.id !== row.id || checksum(migration) !== row.checksum) {
      return yield* new MigrationChanged({ id: row.id, name: row.name })
    }
  }
  return known[applied.length]
})

const history = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<Applied>, SqlError.SqlError> =>
  Effect.flatMap(sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`, (found) =>
    found.length === 0
      ? Effect.succeed([])
      : sql<Applied>`SELECT id, name, checksum, applied_by FROM migrations ORDER BY id`
  )

/** Whoever else is starting on the same database is waited for, for so long. */
const patience = Schedule.spaced("100 millis").pipe(Schedule.jittered, Schedule.upTo("30 seconds"))

/** Brings the schema to the end of `known`, its ids rising; see `migrate`. */
export const migrateWith = Effect.fn("Migrator.migrate")(function* (known: ReadonlyArray<Migration>) {
  const pool = yield* SqlPool
  const logger = (yield* Logger).named("starpunk.migrations")

  const applyNext = pool.write((sql) =>
    Effect.gen(function* () {
      // Read again under the write lock: another process may have been faster.
      const migration = yield* Effect.flatMap(history(sql), (applied) => next(known, applied))
      if (migration === undefined) return undefined
      const { id, name, statements } = migration
      yield* sql.unsafe(table)
      yield* Effect.forEach(statements, (statement) => sql.unsafe(statement).unprepared, { discard: true }).pipe(
        Effect.mapError((error) => new MigrationFailed({ id, name, detail: error.message }))
      )
      const applied_at = yield* Clock.currentTimeMillis
      const row = { id, name, checksum: checksum(migration), applied_at, applied_by: version }
      yield* sql`INSERT INTO migrations ${sql.insert(row)}`
      return migration
    })
  )

  // Mostly there is nothing to do, and then nothing is locked.
  let pending = yield* pool.read((sql) => Effect.flatMap(history(sql), (applied) => next(known, applied)))
  while (pending !== undefined) {
    const done = yield* Effect.retry(applyNext, { while: ({ _tag }) => _tag === "DatabaseLocked", schedule: patience })
    if (done !== undefined) yield* logger.info("Migration applied", { migration: done.id, name: done.name })
    pending = done
  }
})

/**
 * Brings the database's schema up to date, one transaction for each migration. Safe when several processes start at once:
 * each migration is applied by exactly one of them. A database that a newer program wrote, or whose history reads
 * differently, is refused and left as it is.
 */
export const migrate: Effect.Effect<void, MigrateFailure, SqlPool | Logger> = migrateWith(migrations)
