import { stat } from "node:fs/promises"
import { Duration, Effect, Option, type Schema, type Scope } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { DatabaseMissing } from "../../../src/errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { codeOf } from "../../files/ErrorCode.js"
import { decodeRows } from "../../sql/rows/Rows.js"
import type { Open } from "./Connecting.js"
import type { ConnectionOptions } from "./Connection.js"
import { toDatabaseFailure } from "./Engine.js"

/** A connection outside of the pool, for work on the whole file, so that readers and writers do not wait for it. */
export interface SingleConnection {
  /** Runs a statement to its end and decodes its rows. */
  readonly query: <A, I>(
    schema: Schema.Schema<A, I>,
    sql: string,
    ...params: ReadonlyArray<unknown>
  ) => Effect.Effect<ReadonlyArray<A>, DatabaseFailure>
  /** Runs a statement to its end. */
  readonly run: (sql: string, ...params: ReadonlyArray<unknown>) => Effect.Effect<void, DatabaseFailure>
}

/** Connection options from the settings. */
export const optionsOf = ({ database }: SettingsValues, path: string, role: ConnectionOptions["role"]) =>
  ({
    path,
    role,
    create: false,
    busyTimeoutMillis: Duration.toMillis(database.busyTimeout),
    synchronous: database.synchronous,
    checkpoints: database.checkpoints,
    nativeBinding: Option.getOrUndefined(database.sqliteBinding)
  }) satisfies ConnectionOptions

/** How long the end of a scope waits for a statement that cannot be cancelled. */
const closeTimeout = Duration.seconds(5)

/** Fails if there is no database file. */
export const mustExist = (path: string): Effect.Effect<void, DatabaseMissing> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.asVoid,
    Effect.catchIf(
      ({ error }) => codeOf(error) === "ENOENT",
      () => Effect.fail(new DatabaseMissing({ path }))
    ),
    // Opening the file reports other problems.
    Effect.catchTag("UnknownException", () => Effect.void)
  )

/** Opens an existing file until the scope ends. */
export const open = (
  openDriver: Open,
  options: ConnectionOptions
): Effect.Effect<SingleConnection, DatabaseOpenFailed, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(openDriver(options), ({ close }) =>
      close.pipe(Effect.disconnect, Effect.timeoutOption(closeTimeout), Effect.interruptible)
    ),
    (driver) => {
      const rows = (sql: string, params: ReadonlyArray<unknown>) =>
        driver
          .run({
            do: "execute",
            statement: { shape: "rows", sql, params, safeIntegers: false, prepared: false, scope: "any" }
          })
          .pipe(Effect.mapError((failure) => toDatabaseFailure(failure, options.busyTimeoutMillis)))
      return {
        query: (schema, sql, ...params) =>
          Effect.flatMap(rows(sql, params), (rows) => decodeRows(schema)(Array.isArray(rows) ? rows : [])),
        run: (sql, ...params) => Effect.asVoid(rows(sql, params))
      }
    }
  )
