import type { SqlClient, SqlError } from "@effect/sql"
import { Array, Effect } from "effect"

/** A table that holds data of the site. */
export interface Table {
  readonly name: string
  readonly columns: ReadonlyArray<string>
  /** Columns of the primary key, in its order. */
  readonly keys: ReadonlyArray<string>
  /** Whether the database numbers its rows. */
  readonly isNumbered: boolean
}

interface Column {
  readonly table: string
  readonly column: string
  /** Place in the primary key, from 1; 0 outside of it. */
  readonly key: number
  readonly numbered: number
}

/** Migrations are the target's own, search documents are made again at the next start, and instances share no data. */
const isData = (name: string): boolean => name !== "migrations" && !/^(search|shared)_/.test(name)

const columns = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () => sql<Column>`
      SELECT class.relname AS "table", attribute.attname AS "column",
        coalesce(array_position(primary_key.indkey::int2[], attribute.attnum) + 1, 0) AS key,
        attribute.attidentity <> '' AS numbered
      FROM pg_class AS class
        JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
        LEFT JOIN pg_index AS primary_key ON primary_key.indrelid = class.oid AND primary_key.indisprimary
      WHERE class.relkind = 'r' AND class.relnamespace = current_schema()::regnamespace
      ORDER BY class.relname, attribute.attnum`,
    orElse: () => sql<Column>`
      SELECT tables.name AS "table", columns.name AS "column", columns.pk AS key,
        tables.sql LIKE '%AUTOINCREMENT%' AND columns.pk > 0 AS numbered
      FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'
      ORDER BY tables.name, columns.cid`
  })

const references = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () => sql<{ readonly child: string; readonly parent: string }>`
      SELECT child.relname AS child, parent.relname AS parent FROM pg_constraint
        JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
      WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
    orElse: () => sql<{ readonly child: string; readonly parent: string }>`
      SELECT tables.name AS child, foreign_keys."table" AS parent
      FROM sqlite_schema AS tables JOIN pragma_foreign_key_list(tables.name) AS foreign_keys
      WHERE tables.type = 'table'`
  })

/** All tables with data of the site, each after those that its rows refer to. */
export const tablesOf = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<Table>, SqlError.SqlError> =>
  Effect.gen(function* () {
    const found = Array.groupBy(yield* columns(sql), ({ table }) => table)
    const parents = Array.groupBy(yield* references(sql), ({ child }) => child)
    const sorted = new Map<string, Table>()
    const add = (name: string): void => {
      const members = found[name]
      if (members === undefined || sorted.has(name) || !isData(name)) return
      for (const { parent } of parents[name] ?? []) if (parent !== name) add(parent)
      sorted.set(name, {
        name,
        columns: members.map(({ column }) => column),
        keys: members
          .filter(({ key }) => key > 0)
          .toSorted((a, b) => a.key - b.key)
          .map(({ column }) => column),
        isNumbered: members.some(({ numbered }) => numbered === 1)
      })
    }
    for (const name of Object.keys(found)) add(name)
    return [...sorted.values()]
  })
