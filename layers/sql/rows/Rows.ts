import { Effect, Schema } from "effect"
import { DatabaseCorrupt } from "../../../src/errors/Database.js"

/**
 * Decodes rows of a query. The database's schema guarantees their shape, so a row of another shape is damaged, or was
 * not written by this program.
 */
export const decodeRows = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(Schema.Array(schema))
  return (rows: ReadonlyArray<unknown>): Effect.Effect<ReadonlyArray<A>, DatabaseCorrupt> =>
    decode(rows).pipe(Effect.mapError(() => new DatabaseCorrupt({ driverCode: "ROW_SHAPE" })))
}

/** Decodes the result of a query with exactly one row. */
export const decodeRow = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(Schema.Tuple(schema))
  return (rows: ReadonlyArray<unknown>): Effect.Effect<A, DatabaseCorrupt> =>
    decode(rows).pipe(
      Effect.map(([row]) => row),
      Effect.mapError(() => new DatabaseCorrupt({ driverCode: "ROW_SHAPE" }))
    )
}
