import { stat, unlink } from "node:fs/promises"
import Database from "better-sqlite3"
import { Effect, Option, type Scope } from "effect"
import { RestoreRefused } from "../../../src/errors/failure/Maintenance.js"
import { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"
import { applicationId } from "../pool/Connection.js"
import { locksOfOthers } from "../pool/FileLocks.js"
import { OpenFailure } from "../pool/OpenFailure.js"

/** A database file that nobody else can open until the scope ends, and what it turned out to be. */
export interface DatabaseLock {
  /**
   * `empty`: there was none, or nothing in it. `damaged`: ours, but SQLite cannot read on in it. `unreadable`: no SQLite
   * database, or one whose very header is damaged. Of the last two the write-ahead log still lies beside.
   */
  readonly content: "ours" | "empty" | "foreign" | "damaged" | "unreadable"
  /** The hashes of its access tokens that were revoked; empty where that cannot be read. */
  readonly revokedTokens: ReadonlyArray<Uint8Array>
}

const inUse = (path: string, detail: string) => new RestoreRefused({ reason: "in_use", path, detail })

const readRevoked = (database: Database.Database): ReadonlyArray<Uint8Array> => {
  try {
    return database
      .prepare<[], Uint8Array>("SELECT token_hash FROM access_tokens WHERE revoked_at IS NOT NULL")
      .pluck()
      .all()
  } catch {
    return [] // an older schema, or damage just there: the tokens of the backup are then taken as they are
  }
}

/** Which file lies there, if one does. */
const fileAt = (path: string): Effect.Effect<number | undefined> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map(({ ino }) => ino),
    Effect.orElseSucceed(() => undefined)
  )

/** One file, with nothing beside it that belongs to it. */
const settle = (database: Database.Database): void => {
  database.pragma("wal_checkpoint(TRUNCATE)")
  const mode = database.pragma("journal_mode = DELETE", { simple: true })
  if (mode !== "delete") throw new OpenFailure("locked", `the write-ahead log is in use (journal_mode is ${mode})`)
  // The last write, so that the exclusive lock is held in this mode too.
  database.exec("BEGIN EXCLUSIVE; COMMIT")
}

/** Looks into a database that is locked, and settles it where that can be done. */
const lookInto = (database: Database.Database, path: string): DatabaseLock => {
  const isOurs = database.pragma("application_id", { simple: true }) === applicationId
  try {
    const isEmpty = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0
    const revokedTokens = isOurs ? readRevoked(database) : []
    settle(database)
    return { content: isOurs ? "ours" : isEmpty ? "empty" : "foreign", revokedTokens }
  } catch (error) {
    if (isOurs && OpenFailure.from(error, path).reason === "corrupt") return { content: "damaged", revokedTokens: [] }
    throw error
  }
}

/** Gives a database back that was not replaced as it was found: with a write-ahead log. */
const unsettle = (database: Database.Database): void => {
  try {
    database.pragma("journal_mode = WAL")
  } catch {
    // A disk that is full or failing: the next server sets it.
  }
}

/**
 * Takes the file for ourselves. Every connection in WAL mode holds a shared lock for as long as it is open, idle or not,
 * and the system gives it back when its process dies: so this fails exactly while another program has the database open,
 * and others fail while we have it. What stood in the write-ahead log is in the file afterwards.
 * https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory
 */
export const take = (
  path: string,
  binding: Option.Option<string>
): Effect.Effect<DatabaseLock, RestoreRefused | DatabaseOpenFailed, Scope.Scope> =>
  Effect.gen(function* () {
    const nativeBinding = Option.getOrUndefined(binding)
    const found = yield* fileAt(path)
    const refuse = (error: unknown): RestoreRefused | DatabaseOpenFailed => {
      const failure = OpenFailure.from(error, path, nativeBinding)
      return failure.reason === "locked"
        ? inUse(path, failure.message)
        : new DatabaseOpenFailed({ reason: failure.reason, path, detail: failure.message })
    }
    const database = yield* Effect.acquireRelease(
      Effect.try({
        try: () => new Database(path, { timeout: 0, ...(nativeBinding === undefined ? {} : { nativeBinding }) }),
        catch: refuse
      }),
      (database) => Effect.sync(() => database.close())
    )
    if (found === undefined) {
      // What was only made to be locked goes again, unless something was put in its place.
      const made = yield* fileAt(path)
      yield* Effect.addFinalizer(() =>
        Effect.flatMap(fileAt(path), (now) =>
          now !== made ? Effect.void : Effect.ignore(Effect.tryPromise(() => unlink(path)))
        )
      )
    }
    const lock = Effect.try({
      try: (): DatabaseLock => {
        database.pragma("locking_mode = EXCLUSIVE")
        database.exec("BEGIN EXCLUSIVE; COMMIT")
        return lookInto(database, path)
      },
      catch: refuse
    })
    const ours = Effect.tap(lock, ({ content }) =>
      content !== "ours"
        ? Effect.void
        : Effect.addFinalizer(() =>
            Effect.map(fileAt(path), (now) => {
              if (now === found) unsettle(database)
            })
          )
    )
    return yield* Effect.catchTag(ours, "DatabaseOpenFailed", (failure) =>
      Effect.gen(function* () {
        if (failure.reason !== "not_a_database" && failure.reason !== "corrupt") return yield* failure
        // SQLite cannot lock what it cannot read.
        if ((yield* locksOfOthers(path)).length > 0) return yield* inUse(path, "another process holds a lock on it")
        return { content: "unreadable", revokedTokens: [] } as const
      })
    )
  })
