import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { migrations as ofPostgres } from "../../../layers/postgres/schema/migrations.js"
import { migrations as ofSqlite } from "../../../layers/sqlite/schema/migrations.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import * as Postgres from "../../fixtures/Postgres.js"

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: number
}

const inSqlite = Effect.flatMap(SqlPool, (pool) =>
  pool.read(
    (sql) => sql<Column>`SELECT tables.name AS "table", columns.name, columns.type,
        columns."notnull" OR columns.pk > 0 AS required
      FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`
  )
).pipe(Effect.provide(TestDatabase.database()), Effect.provide(layerSilent))

const inPostgres = Effect.flatMap(Postgres.address(), (address) =>
  Postgres.fromOutside(
    address,
    `SELECT table_name AS "table", column_name AS name,
        CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' ELSE data_type END AS type,
        (is_nullable = 'NO')::int AS required, collation_name AS collation
      FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE 'shared%' ORDER BY table_name COLLATE "C", column_name COLLATE "C"`
  )
)

it("migrations have the same ids and names on both engines", () => {
  const named = (migrations: typeof ofSqlite) => migrations.map(({ id, name }) => ({ id, name }))
  expect(named(ofPostgres)).toEqual(named(ofSqlite))
})

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  it.scopedLive("tables have the same columns, and no order of texts depends on a locale", () =>
    Effect.gen(function* () {
      const found = yield* inPostgres
      expect(found.map(({ collation: _, ...column }) => column)).toEqual(yield* inSqlite)
      expect(found.filter(({ collation, type }) => type === "TEXT" && collation !== "C")).toEqual([])
    })
  )
})
