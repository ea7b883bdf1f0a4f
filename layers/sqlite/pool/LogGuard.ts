import { Effect, Schema } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import type { Open } from "./Driver.js"
import { locksOfOthers } from "./FileLocks.js"
import { judge, type Verdict } from "./LeftLog.js"
import * as SingleConnection from "./SingleConnection.js"

const Row = Schema.Struct({ quick_check: Schema.String })

/** What the logs beside a database say; nothing where they cannot be read, which is told by opening it. */
export const verdictOf = (path: string): Effect.Effect<Verdict> =>
  Effect.tryPromise(() => judge(path)).pipe(Effect.orElseSucceed((): Verdict => ({ _tag: "Fits" })))

const mismatch = (path: string, detail: string) => new DatabaseOpenFailed({ reason: "log_mismatch", path, detail })

/** Reads what database and log are together, without folding the one into the other. */
const readTogether = (openDriver: Open, settings: SettingsValues, path: string) =>
  SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "reader")).pipe(
    Effect.flatMap((connection) => connection.query(Row, "PRAGMA quick_check(1)")),
    Effect.scoped,
    Effect.map(([row]) => row?.quick_check ?? "ok"),
    Effect.catchTag("DatabaseCorrupt", ({ driverCode }) => Effect.succeed(driverCode))
  )

/**
 * Fails where a log beside the database was not written on it, before SQLite mixes the two. Where the log holds no count
 * of ours, because an earlier version wrote it, database and log must be sound together, unless a program has them open.
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
    // Whatever else goes wrong here goes wrong again when the database is opened, and is told then.
    const found = yield* Effect.orElseSucceed(readTogether(openDriver, settings, path), () => "ok")
    if (found !== "ok") return yield* mismatch(path, `database and log together are damaged: ${found.slice(0, 200)}`)
  })
