import { Effect, Schema } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import type { Open } from "./Connecting.js"
import { locksOfOthers } from "./FileLocks.js"
import { judge, type Verdict } from "./LeftLog.js"
import * as SingleConnection from "./SingleConnection.js"

const Row = Schema.Struct({ quick_check: Schema.String })

/**
 * The verdict on the logs beside a database; `Fits` if they cannot be read, because opening the database reports that.
 */
const verdictOf = (path: string): Effect.Effect<Verdict> =>
  Effect.tryPromise(() => judge(path)).pipe(Effect.orElseSucceed((): Verdict => ({ _tag: "Fits" })))

const mismatch = (path: string, detail: string) => new DatabaseOpenFailed({ reason: "log_mismatch", path, detail })

/** Checks database and log together, without a checkpoint. */
const readTogether = (openDriver: Open, settings: SettingsValues, path: string) =>
  SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "reader")).pipe(
    Effect.flatMap((connection) => connection.query(Row, "PRAGMA quick_check(1)")),
    Effect.scoped,
    Effect.map(([row]) => row?.quick_check ?? "ok"),
    Effect.catchTag("DatabaseCorrupt", ({ driverCode }) => Effect.succeed(driverCode))
  )

/**
 * Fails if a log beside the database was not written on it, before SQLite applies it. If the log has no commit count,
 * because an earlier version wrote it, database and log have to be valid together, unless a program has them open.
 */
export const verify = (
  openDriver: Open,
  settings: SettingsValues,
  path: string
): Effect.Effect<void, DatabaseOpenFailed> =>
  Effect.gen(function* () {
    const verdict = yield* verdictOf(path)
    if (verdict._tag === "Fits") return
    if (verdict._tag === "Mismatch") return yield* mismatch(path, verdict.detail)
    if ((yield* locksOfOthers(path)).length > 0) return
    // Other failures occur again when the database is opened, and are reported then.
    const found = yield* Effect.orElseSucceed(readTogether(openDriver, settings, path), () => "ok")
    if (found !== "ok")
      return yield* mismatch(path, `the database together with its log is damaged: ${found.slice(0, 200)}`)
  })
