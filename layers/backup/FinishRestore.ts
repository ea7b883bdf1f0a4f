import { join } from "node:path"
import { Duration, Effect, type Scope } from "effect"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import { RestoreNotDone } from "../../src/errors/Restore.js"
import { Logger } from "../../src/services/Logger.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { pathOf, troubleOf } from "../files/FileTrouble.js"
import * as FileMutex from "../sqlite/file/FileMutex.js"
import { carryOut, carryOutFirst, type Outcome, Stuck } from "./CarryOut.js"
import { locate, type Places } from "./Places.js"
import * as RestoreJournal from "./RestoreJournal.js"

/** Settings that a restore needs. */
export type RestoreSettings = Pick<SettingsValues, "dataPath" | "databasePath" | "database">

/** Makes the failure of a restore that cannot continue. */
export const notDone = (
  places: Pick<Places, "dataPath">,
  state: RestoreNotDone["state"],
  error: unknown
): RestoreNotDone => {
  const cause = error instanceof Stuck ? error.wayBack : error
  const { detail, reason } = troubleOf(cause)
  const words = cause instanceof Error ? cause.message : detail
  return new RestoreNotDone({ path: pathOf(cause) ?? places.dataPath, reason, detail: words, state })
}

/** Wait for another process, which may have to copy large files to another file system. */
const patience = Duration.minutes(30)

/** Excludes other processes from carrying out a restore here until the scope ends. */
export const holdJournal = (
  { dataPath }: Places,
  { database }: RestoreSettings
): Effect.Effect<void, DatabaseOpenFailed, Scope.Scope> =>
  FileMutex.hold(join(dataPath, "restore.lock"), database.sqliteBinding, patience)

const read = (places: Places) =>
  Effect.tryPromise({
    try: () => RestoreJournal.pending(places),
    catch: (error) => notDone({ dataPath: RestoreJournal.journalOf(places) }, "unfinished", error)
  })

/** Carries out the journal: see `CarryOut`. */
export const carriedOut = (
  places: Places,
  journal: RestoreJournal.Journal | RestoreJournal.FirstJournal
): Effect.Effect<Outcome, RestoreNotDone> =>
  Effect.uninterruptible(
    Effect.tryPromise({
      try: async (): Promise<Outcome> => {
        if ("old" in journal) return carryOut(places, journal)
        await carryOutFirst(places, journal)
        return { _tag: "Done" }
      },
      catch: (error) => notDone(places, "unfinished", error)
    })
  )

/**
 * Finishes a restore that was interrupted after its decision; call it before anything reads the data. If it cannot be
 * finished, it is rolled back, and the failure is logged: the site is then in the state before that restore.
 */
export const finishRestore = (
  settings: RestoreSettings
): Effect.Effect<void, RestoreNotDone | DatabaseOpenFailed, Logger> =>
  Effect.gen(function* () {
    const places = yield* Effect.tryPromise({
      try: () => locate(settings),
      catch: (error) => notDone(settings, "unchanged", error)
    })
    if ((yield* read(places)) === undefined) return
    yield* holdJournal(places, settings)
    // Read again, because the previous holder of the lock may have finished it.
    const journal = yield* read(places)
    if (journal === undefined) return
    const outcome = yield* carriedOut(places, journal)
    if (outcome._tag === "Done") return
    const { detail, path } = notDone(places, "taken_back", outcome.cause)
    yield* (yield* Logger)
      .named("starpunk.restore")
      .warning("A restore could not be completed and was rolled back: the site is unchanged", {
        path,
        details: detail,
        suggestion: "Fix the cause, then restore the backup again"
      })
  }).pipe(Effect.scoped)
