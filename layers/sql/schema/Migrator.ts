import { createHash } from "node:crypto"
import type { SqlClient, SqlError } from "@effect/sql"
import { Clock, Effect, Schedule } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { MigrationChanged, MigrationFailed, SchemaTooNew } from "../../../src/errors/Startup.js"
import { Logger } from "../../../src/services/Logger.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { version } from "../../../src/version.js"
import { allOrNone } from "../rows/Batch.js"
import { isOnServer } from "../rows/Dialect.js"
import type { Migration } from "./Migration.js"

/** Failures of a migration. */
export type MigrateFailure = SchemaTooNew | MigrationChanged | MigrationFailed | DatabaseFailure

/** A row of the table `migrations`: an applied migration, and the version of the program that applied it. */
interface Applied {
  readonly id: number
  readonly name: string
  readonly checksum: string
  readonly applied_by: string
}

const table = (integer: string, text: string, options: string) => `CREATE TABLE IF NOT EXISTS migrations (
  id ${integer} PRIMARY KEY,
  name ${text} NOT NULL,
  checksum ${text} NOT NULL,
  applied_at ${integer} NOT NULL,
  applied_by ${text} NOT NULL
) ${options}`

const createTable = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    // A migration takes as long as it takes.
    pg: () =>
      Effect.zipRight(
        sql.unsafe("SET LOCAL statement_timeout = 0"),
        sql.unsafe(table("BIGINT", 'TEXT COLLATE "C"', ""))
      ),
    orElse: () => sql.unsafe(table("INTEGER", "TEXT", "STRICT"))
  })

const selectTable = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () => sql`SELECT 1 WHERE to_regclass('migrations') IS NOT NULL`,
    orElse: () => sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`
  })

/** SHA-256 of the statements in hexadecimal. */
export const checksum = (migration: Migration): string =>
  createHash("sha256").update(JSON.stringify(migration.statements)).digest("hex")

/**
 * Whether a migration is of the next release at most: of the same major version, and one minor version ahead. It has only
 * added (`Migration.contracts`), so this program can go on beside servers that know it.
 */
export const isOfNextRelease = (appliedBy: string, own: string = version): boolean => {
  const [major, minor] = appliedBy.split(".").map(Number)
  const [ownMajor, ownMinor] = own.split(".").map(Number)
  return major === ownMajor && minor !== undefined && ownMinor !== undefined && minor <= ownMinor + 1
}

/**
 * The next migration to apply, after checking that the applied ones are a prefix of the known ones. On a server, several
 * versions can use the database for a while, and migrations of the next release are no hindrance.
 */
const next = Effect.fnUntraced(function* (
  known: ReadonlyArray<Migration>,
  applied: ReadonlyArray<Applied>,
  isShared: boolean
) {
  const newest = known.at(-1)?.id ?? 0
  const unknown = applied.filter(({ id }) => id > newest)
  const latest = unknown.at(-1)
  if (latest !== undefined && !(isShared && unknown.every(({ applied_by }) => isOfNextRelease(applied_by)))) {
    return yield* new SchemaTooNew({
      found: latest.id,
      foundName: latest.name,
      known: newest,
      writtenBy: latest.applied_by
    })
  }
  for (const [place, row] of applied.slice(0, applied.length - unknown.length).entries()) {
    const migration = known[place]
    if (migration?.id !== row.id || checksum(migration) !== row.checksum) {
      return yield* new MigrationChanged({ id: row.id, name: row.name })
    }
  }
  return known[applied.length]
})

const history = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<Applied>, SqlError.SqlError> =>
  Effect.flatMap(selectTable(sql), (found) =>
    found.length === 0
      ? Effect.succeed([])
      : sql<Applied>`SELECT id, name, checksum, applied_by FROM migrations ORDER BY id`
  )

/** Retries while another process is migrating the same database. */
const patience = Schedule.spaced("100 millis").pipe(Schedule.jittered, Schedule.upTo("30 seconds"))

/** Applies one migration, or nothing of it. */
const apply = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, migration: Migration) {
  const { id, name, statements } = migration
  const applied_at = yield* Clock.currentTimeMillis
  const row = { id, name, checksum: checksum(migration), applied_at, applied_by: version }
  const all = [...statements.map((text) => sql.unsafe(text)), sql`INSERT INTO migrations ${sql.insert(row)}`]
  yield* Effect.mapError(
    allOrNone(sql, all, false),
    (error) => new MigrationFailed({ id, name, detail: error.message })
  )
})

/**
 * Applies pending migrations, each in its own transaction; those of a new database share one, which is one fsync instead
 * of one each. If several processes start at once, exactly one of them applies each migration. A migration that fails
 * changes nothing, and those before it stay. A database of a newer program, or with a different history, is refused and
 * left unchanged; on a server, one of the next release is used as it is.
 */
export const migrateWith = Effect.fn("Migrator.migrate")(function* (known: ReadonlyArray<Migration>) {
  const pool = yield* SqlPool
  const logger = (yield* Logger).named("starpunk.migrations")
  const reported = (done: ReadonlyArray<Migration>) =>
    Effect.forEach(done, ({ id, name }) => logger.info("Migration applied", { migration: id, name }), { discard: true })

  /** Applies the next migration, or all to a new database; returns these, and the failure that ended it. */
  const applyNext = pool.writeAlone((sql) =>
    Effect.gen(function* () {
      // Read again under the write lock, because another process may have applied it.
      const applied = yield* history(sql)
      const migration = yield* next(known, applied, isOnServer(sql))
      if (migration === undefined) return { done: [], failure: undefined }
      yield* createTable(sql)
      const done: Array<Migration> = []
      for (const step of applied.length === 0 ? known : [migration]) {
        const outcome = yield* Effect.either(apply(sql, step))
        if (outcome._tag === "Right") done.push(step)
        else if (done.length === 0) return yield* outcome.left
        else return { done, failure: outcome.left }
      }
      return { done, failure: undefined }
    })
  )

  // Usually there is nothing to do, and then no lock is taken.
  const pending = yield* pool.read((sql) =>
    Effect.flatMap(history(sql), (applied) => next(known, applied, isOnServer(sql)))
  )
  if (pending === undefined) return
  while (true) {
    const { done, failure } = yield* Effect.retry(applyNext, {
      while: ({ _tag }) => _tag === "DatabaseLocked",
      schedule: patience
    })
    yield* reported(done)
    if (failure !== undefined) return yield* failure
    if (done.length === 0 || done.at(-1) === known.at(-1)) return
  }
})
