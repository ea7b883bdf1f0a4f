import { readFile, stat, unlink } from "node:fs/promises"
import Database from "better-sqlite3"
import { Effect, Option, type Scope } from "effect"
import { RestoreRefused } from "../../src/errors/failure/Maintenance.js"
import { DatabaseOpenFailed } from "../../src/errors/failure/Startup.js"
import { applicationId } from "./Connection.js"
import { OpenFailure } from "./OpenFailure.js"

/** A database file that nobody else can open until the scope ends, and what it turned out to be. */
export interface DatabaseLock {
  /** `empty`: there was none, or nothing in it. `unreadable`: no SQLite database, or one damaged beyond opening. */
  readonly content: "ours" | "empty" | "foreign" | "unreadable"
  /** The hashes of its access tokens that were revoked; empty where that cannot be read. */
  readonly revokedTokens: ReadonlyArray<Uint8Array>
}

const inUse = (path: string, detail: string) => new RestoreRefused({ reason: "in_use", path, detail })

/**
 * Whether any process holds a lock on the file, as Linux tells it. Only for files that SQLite cannot lock because it
 * cannot read them; elsewhere, and across containers, nobody can tell. https://man7.org/linux/man-pages/man5/proc_locks.5.html
 */
const isLockedByAnybody = (path: string): Effect.Effect<boolean> =>
  Effect.tryPromise(async () => {
    const { ino } = await stat(path)
    const locks = await readFile("/proc/locks", "utf8")
    return new RegExp(`^\\d+: POSIX .*:${ino} `, "m").test(locks)
  }).pipe(Effect.orElseSucceed(() => false))

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

const contentOf = (database: Database.Database): "ours" | "empty" | "foreign" => {
  if (database.pragma("application_id", { simple: true }) === applicationId) return "ours"
  return database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0 ? "empty" : "foreign"
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
    const existed = (yield* fileAt(path)) !== undefined
    const refuse = (error: unknown): RestoreRefused | DatabaseOpenFailed => {
      const failure = OpenFailure.from(error, path)
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
    if (!existed) {
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
        const content = contentOf(database)
        const revokedTokens = content === "ours" ? readRevoked(database) : []
        settle(database)
        return { content, revokedTokens }
      },
      catch: refuse
    })
    return yield* Effect.catchTag(lock, "DatabaseOpenFailed", (failure) =>
      Effect.gen(function* () {
        if (failure.reason !== "not_a_database" && failure.reason !== "corrupt") return yield* failure
        if (yield* isLockedByAnybody(path)) return yield* inUse(path, "another process holds a lock on it")
        return { content: "unreadable", revokedTokens: [] } as const
      })
    )
  })
