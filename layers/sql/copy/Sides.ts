import type { SqlClient, SqlError } from "@effect/sql"
import { type Context, Effect } from "effect"
import { DatabaseUnavailable } from "../../../src/errors/Database.js"
import { DriverFailure } from "../pool/DriverFailure.js"

/** Runs statements of the source inside of a unit of work of the target, which has a connection of its own. */
export type InSource = <A, R>(
  effect: Effect.Effect<A, SqlError.SqlError, R>
) => Effect.Effect<A, DatabaseUnavailable, R>

/** Statements in the unit of work that has this context. */
export const inContext =
  (context: Context.Context<never>): InSource =>
  (effect) =>
    Effect.mapError(
      Effect.provide(effect, context),
      ({ cause }) =>
        new DatabaseUnavailable({ driverCode: cause instanceof DriverFailure ? cause.code : "SOURCE_NOT_READ" })
    )

/** The two sides of a copy. */
export interface Sides {
  readonly source: SqlClient.SqlClient
  readonly target: SqlClient.SqlClient
  readonly inSource: InSource
}
