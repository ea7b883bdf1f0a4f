import { resolve } from "node:path"
import { Context, Effect, Either, Layer, Option } from "effect"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { DatabaseMoveRefused } from "../../src/errors/DatabaseMove.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { type DatabaseAddress, parseDatabaseAddress, showDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { type Copied, copyTables } from "../sql/copy/TableCopy.js"
import { locksOfOthers } from "../sqlite/pool/FileLocks.js"

/** Where a site moves: into a SQLite file, or to a PostgreSQL server. */
export type MoveTarget =
  | { readonly _tag: "File"; readonly path: string }
  | { readonly _tag: "Server"; readonly address: DatabaseAddress }

/** Reads the target of a move: an address or a path. */
export const parseTarget = (given: string): Effect.Effect<MoveTarget, DatabaseMoveRefused> => {
  if (!/^[a-z]+:\/\//i.test(given)) return Effect.succeed({ _tag: "File", path: resolve(given) })
  return Either.match(parseDatabaseAddress(given), {
    onLeft: (detail) => new DatabaseMoveRefused({ reason: "target_invalid", detail }),
    onRight: (address) => Effect.succeed<MoveTarget>({ _tag: "Server", address })
  })
}

/** A target as it may be shown. */
export const showTarget = (target: MoveTarget): string =>
  target._tag === "File" ? target.path : showDatabaseAddress(target.address)

/** Other programs that use the database of the site. */
const othersIn = (
  settings: SettingsValues,
  pool: SqlPool["Type"]
): Effect.Effect<string | undefined, DatabaseFailure> =>
  Option.match(settings.database.address, {
    onNone: () =>
      Effect.map(locksOfOthers(settings.databasePath), (locks) =>
        locks.length === 0 ? undefined : `process ${[...new Set(locks.map(({ pid }) => pid))].join(", ")}`
      ),
    onSome: () =>
      pool
        .read(
          (sql) => sql<{ readonly writers: number }>`
            SELECT count(*) AS writers FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'starpunk writer'`
        )
        .pipe(Effect.map(([row]) => ((row?.writers ?? 0) > 1 ? "another server of StarPunk" : undefined)))
  })

/** The database that a site moves to, with the current schema. */
class TargetPool extends Context.Tag("starpunk/layers/TargetPool")<TargetPool, SqlPool["Type"]>() {}

/** The pool of a layer as the target of a move. */
export const asTarget = <E, R>(pool: Layer.Layer<SqlPool, E, R>): Layer.Layer<TargetPool, E, R> =>
  Layer.map(pool, (context) => Context.make(TargetPool, Context.get(context, SqlPool)))

/** Fails if the site and the target are in files, which a backup moves. */
export const mustDiffer = (target: MoveTarget): Effect.Effect<void, DatabaseMoveRefused, Settings> =>
  Effect.flatMap(Settings, ({ database }) =>
    target._tag === "File" && Option.isNone(database.address)
      ? new DatabaseMoveRefused({ reason: "same_engine", detail: target.path })
      : Effect.void
  )

/**
 * Copies the site into the target, compares the copy, and leaves the original as it is. Fails if another program uses the
 * original, or if the target is not empty. If it is interrupted, the target stays empty, so it can be repeated.
 */
export const move = (
  onProgress: OnProgress
): Effect.Effect<ReadonlyArray<Copied>, DatabaseFailure | DatabaseMoveRefused, SqlPool | TargetPool | Settings> =>
  Effect.gen(function* () {
    const source = yield* SqlPool
    const others = yield* othersIn(yield* Settings, source)
    if (others !== undefined) return yield* new DatabaseMoveRefused({ reason: "in_use", detail: others })
    return yield* copyTables(source, yield* TargetPool, onProgress)
  })
