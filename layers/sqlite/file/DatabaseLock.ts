import { stat, unlink } from "node:fs/promises"
import Database from "better-sqlite3"
import { Effect, Option, type Scope } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { RestoreRefused } from "../../../src/errors/Restore.js"
import { applicationId } from "../pool/ApplicationId.js"
import { locksOfOthers } from "../pool/FileLocks.js"
import { OpenFailure } from "../pool/OpenFailure.js"

/** A database file that no other process can open until the scope ends, and its content. */
export interface DatabaseLock {
  /**
   * `empty`: there was no file, or it has no content. `damaged`: StarPunk's, but SQLite cannot read it to the end.
   * `unreadable`: not a SQLite database, or one with a damaged header. With the last two, the write-ahead log is still
   * beside it.
   */
  readonly content: "ours" | "empty" | "foreign" | "damaged" | "unreadable"
  /** Hashes of its revoked access tokens; empty if they cannot be read. */
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
    return [] // An older schema, or damage: then the tokens of the backup stay as they are.
  }
}

/** The inode of a file; `undefined` if it does not exist. */
const fileAt = (path: string): Effect.Effect<number | undefined> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map(({ ino }) => ino),
    Effect.orElseSucceed(() => undefined)
  )

/** Merges the write-ahead log into the file, so that nothing beside it belongs to it. */
const settle = (database: Database.Database): void => {
  database.pragma("wal_checkpoint(TRUNCATE)")
  const mode = database.pragma("journal_mode = DELETE", { simple: true })
  if (mode !== "delete") throw new OpenFailure("locked", `the write-ahead log is in use (journal_mode is ${mode})`)
  // The last write, so that the exclusive lock is held in this mode too.
  database.exec("BEGIN EXCLUSIVE; COMMIT")
}

/** Determines the content of a locked database, and merges its log if possible. */
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

/** Restores the write-ahead log mode of a database that was not replaced. */
const unsettle = (database: Database.Database): void => {
  try {
    database.pragma("journal_mode = WAL")
  } catch {
    // The disk is full or failing; the next server sets the mode.
  }
}

/**
 * Locks the file exclusively. Every connection in WAL mode holds a shared lock while it is open, even idle, and the
 * system releases it when its process dies. So this fails exactly while another program has the database open, and
 * others fail while this holds it. Afterwards the write-ahead log is merged into the file.
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
      // A file that was only created for the lock is removed again, unless it was replaced.
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
        // SQLite cannot lock a file that it cannot read.
        if ((yield* locksOfOthers(path)).length > 0) return yield* inUse(path, "another process holds a lock on it")
        return { content: "unreadable", revokedTokens: [] } as const
      })
    )
  })
