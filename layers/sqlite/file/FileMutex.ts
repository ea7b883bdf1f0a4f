import { stat, unlink } from "node:fs/promises"
import Database from "better-sqlite3"
import { type Duration, Effect, Option, Schedule, type Scope } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { OpenFailure } from "../pool/OpenFailure.js"

const inodeOf = (path: string): Effect.Effect<number | undefined> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map(({ ino }) => ino),
    Effect.orElseSucceed(() => undefined)
  )

/**
 * Excludes other processes until the scope ends. The file exists only for the lock and is removed afterwards. The lock
 * is SQLite's, so the system releases it when a process dies. Waits for `patience`, then fails as `locked`.
 */
export const hold = (
  path: string,
  binding: Option.Option<string>,
  patience: Duration.DurationInput
): Effect.Effect<void, DatabaseOpenFailed, Scope.Scope> => {
  const nativeBinding = Option.getOrUndefined(binding)
  const openFailed = (error: unknown) => {
    const failure = OpenFailure.from(error, path, nativeBinding)
    return new DatabaseOpenFailed({ reason: failure.reason, path, detail: failure.message })
  }
  const lock = Effect.gen(function* () {
    const database = yield* Effect.try({
      try: () => {
        const opened = new Database(path, { timeout: 0, ...(nativeBinding === undefined ? {} : { nativeBinding }) })
        try {
          opened.exec("BEGIN EXCLUSIVE")
          return opened
        } catch (error) {
          opened.close()
          throw error
        }
      },
      catch: openFailed
    })
    return database
  })
  const isStillThere = (made: number | undefined) =>
    Effect.map(inodeOf(path), (found) => found !== undefined && found === made)

  // The previous holder may have removed the locked file, and then the lock excludes nobody.
  const take: Effect.Effect<Database.Database, DatabaseOpenFailed> = Effect.gen(function* () {
    const before = yield* inodeOf(path)
    const database = yield* lock
    if (before !== undefined && (yield* isStillThere(before))) return database
    yield* Effect.sync(() => database.close())
    return yield* new DatabaseOpenFailed({ reason: "locked", path, detail: "the file was replaced in the meantime" })
  })

  return Effect.asVoid(
    Effect.acquireRelease(
      Effect.retry(take, {
        while: ({ reason }) => reason === "locked",
        schedule: Schedule.spaced("20 millis").pipe(Schedule.jittered, Schedule.upTo(patience))
      }),
      (database) =>
        Effect.zipRight(
          Effect.ignore(Effect.tryPromise(() => unlink(path))),
          Effect.sync(() => database.close())
        )
    )
  )
}
