import { Effect, Schema } from "effect"
import { DatabaseCorrupt } from "../../../src/errors/failure/Database.js"

/**
 * Decodes what a query answered. The schema of the database promises these shapes, so a row that breaks the promise was
 * damaged, or written by something else than this program.
 */
export const decodeRows = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(Schema.Array(schema))
  return (rows: ReadonlyArray<unknown>): Effect.Effect<ReadonlyArray<A>, DatabaseCorrupt> =>
    decode(rows).pipe(Effect.mapError(() => new DatabaseCorrupt({ driverCode: "ROW_SHAPE" })))
}

/** Decodes what a query of exactly one row answered. */
export const decodeRow = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(Schema.Tuple(schema))
  return (rows: ReadonlyArray<unknown>): Effect.Effect<A, DatabaseCorrupt> =>
    decode(rows).pipe(
      Effect.map(([row]) => row),
      Effect.mapError(() => new DatabaseCorrupt({ driverCode: "ROW_SHAPE" }))
    )
}
