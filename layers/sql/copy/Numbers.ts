import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { DatabaseUnavailable } from "../../../src/errors/Database.js"
import type { Sides } from "./Sides.js"
import type { Table } from "./Tables.js"

/** The last number that the database gave to a row, which may be deleted since; 0 for none. */
const lastOf = (sql: SqlClient.SqlClient, { keys: [key = "id"], name }: Table) =>
  sql
    .onDialectOrElse({
      pg: () => sql<{ readonly last: number | null }>`
        SELECT last_value AS last FROM pg_sequences
        WHERE schemaname || '.' || sequencename = pg_get_serial_sequence(${name}, ${key})`,
      orElse: () => sql<{ readonly last: number | null }>`SELECT seq AS last FROM sqlite_sequence WHERE name = ${name}`
    })
    .pipe(Effect.map(([row]) => row?.last ?? 0))

const raise = (sql: SqlClient.SqlClient, { keys: [key = "id"], name }: Table, last: number) =>
  sql.onDialectOrElse({
    pg: () => Effect.asVoid(sql`SELECT setval(pg_get_serial_sequence(${name}, ${key}), ${last})`),
    orElse: () =>
      Effect.zipRight(
        sql`DELETE FROM sqlite_sequence WHERE name = ${name}`,
        Effect.asVoid(sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${name}, ${last})`)
      )
  })

/** Lets the target number rows from where the source is, so that no number of a deleted row is given again. */
export const carry = (
  { inSource, source, target }: Sides,
  tables: ReadonlyArray<Table>
): Effect.Effect<void, SqlError.SqlError | DatabaseUnavailable> =>
  Effect.forEach(
    tables,
    (table) =>
      Effect.flatMap(inSource(lastOf(source, table)), (last) =>
        last === 0 ? Effect.void : raise(target, table, last)
      ),
    { discard: true }
  )
