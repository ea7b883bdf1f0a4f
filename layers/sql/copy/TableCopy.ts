import { createHash } from "node:crypto"
import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { DatabaseMoveRefused } from "../../../src/errors/DatabaseMove.js"
import type { OnProgress } from "../../../src/services/Backup.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import * as Numbers from "./Numbers.js"
import { inContext, type Sides } from "./Sides.js"
import { type Table, tablesOf } from "./Tables.js"

/** Values of one statement: SQLite takes 32,766. */
const valuesAtOnce = 8_000

/** Tables that triggers of others change, in the order in which they are copied, after all others. */
const kept = ["post_months", "post_changes", "content_revision"]

/** Tables with a row that a migration makes, and what that row lacks on a new site. */
const seeds: Readonly<Record<string, string>> = {
  owner: "passphrase_hash IS NOT NULL",
  post_changes: "false",
  content_revision: "false"
}

type Row = Readonly<Record<string, string | number | Uint8Array | null>>

/** Reads the next rows of a table in the order of its key. */
const nextRows = (sql: SqlClient.SqlClient, { columns, keys, name }: Table, last: Row | undefined) => {
  const named = (names: ReadonlyArray<string>) => sql.csv(names.map((column) => sql`${sql(column)}`))
  const values = last === undefined ? [] : keys.map((key) => sql`${last[key] ?? null}`)
  const after = values.length === 0 ? sql.literal("") : sql`WHERE (${named(keys)}) > (${sql.csv(values)})`
  return sql<Row>`
    SELECT ${named(columns)} FROM ${sql(name)} ${after} ORDER BY ${named(keys)} LIMIT ${rowsAtOnce(columns)}`
}

const rowsAtOnce = (columns: ReadonlyArray<string>): number => Math.floor(valuesAtOnce / columns.length)

/** Reads a whole table, page by page. */
const eachPage = <E, E2>(
  table: Table,
  read: (last: Row | undefined) => Effect.Effect<ReadonlyArray<Row>, E>,
  use: (rows: ReadonlyArray<Row>) => Effect.Effect<unknown, E2>
): Effect.Effect<void, E | E2> =>
  Effect.gen(function* () {
    let last: Row | undefined
    for (;;) {
      const rows = yield* read(last)
      if (rows.length > 0) yield* use(rows)
      if (rows.length < rowsAtOnce(table.columns)) return
      last = rows.at(-1)
    }
  })

/**
 * Counts rows and combines their hashes in a way that does not depend on their order. U+0000, which PostgreSQL does not
 * store, counts as what is stored for it.
 */
const tally = ({ columns }: Table) => {
  const sum = Buffer.alloc(32)
  let count = 0
  return {
    add: (rows: ReadonlyArray<Row>): void => {
      count += rows.length
      for (const row of rows) {
        const values = columns.map((column) => {
          const value = row[column]
          if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString("hex") }
          return typeof value === "string" ? value.replaceAll("\0", "\uFFFD") : value
        })
        const hash = createHash("sha256").update(JSON.stringify(values)).digest()
        for (let place = 0; place < sum.length; place++) sum[place] = (sum[place] ?? 0) ^ (hash[place] ?? 0)
      }
    },
    end: () => ({ count, sha256: sum.toString("hex") })
  }
}

/** Takes the limits of time off a transaction, and lets no trigger count each row. */
const prepare = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () =>
      Effect.asVoid(
        sql`SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`
      ),
    orElse: () => Effect.void
  })

const triggers = (sql: SqlClient.SqlClient, { name }: Table, are: "DISABLE" | "ENABLE") =>
  sql.onDialectOrElse({
    // Each counted change would be a new version of one row, and PostgreSQL would walk through all of them.
    pg: () => Effect.asVoid(sql`ALTER TABLE ${sql(name)} ${sql.literal(are)} TRIGGER USER`.unprepared),
    orElse: () => Effect.void
  })

/** Fails if the site in the target has anything that a new one does not have. */
const mustBeEmpty = (sql: SqlClient.SqlClient, tables: ReadonlyArray<Table>) =>
  Effect.forEach(
    tables,
    ({ name }) =>
      Effect.flatMap(sql`SELECT 1 FROM ${sql(name)} WHERE ${sql.literal(seeds[name] ?? "true")} LIMIT 1`, (rows) =>
        rows.length === 0 ? Effect.void : new DatabaseMoveRefused({ reason: "target_taken", detail: name })
      ),
    { discard: true }
  )

/** A table as it was copied. */
export interface Copied {
  readonly table: string
  readonly count: number
  readonly sha256: string
}

const copyTable = ({ inSource, source, target }: Sides, table: Table, onRows: (count: number) => void) =>
  Effect.gen(function* () {
    const { name } = table
    const counted = tally(table)
    yield* triggers(target, table, "DISABLE")
    yield* target`DELETE FROM ${target(name)}`
    yield* eachPage(
      table,
      (last) => inSource(nextRows(source, table, last)),
      (rows) => {
        counted.add(rows)
        onRows(rows.length)
        return target`INSERT INTO ${target(name)} ${target.insert([...rows])}`
      }
    )
    yield* triggers(target, table, "ENABLE")
    return { table: name, ...counted.end() }
  })

/** Reads a table of the target again, and compares it. */
const compare = (to: SqlClient.SqlClient, table: Table, expected: Copied | undefined) =>
  Effect.gen(function* () {
    const target = tally(table)
    yield* eachPage(
      table,
      (last) => nextRows(to, table, last),
      (rows) => Effect.sync(() => target.add(rows))
    )
    const found = target.end()
    if (expected?.count !== found.count || expected.sha256 !== found.sha256) {
      yield* new DatabaseMoveRefused({ reason: "differs", detail: table.name })
    }
  })

/**
 * Copies all data into an empty database of the same schema, in one transaction of each: nothing changes meanwhile, and
 * the target has everything or nothing. Each table is read back and compared by count and SHA-256.
 */
export const copyTables = (
  from: SqlPool["Type"],
  to: SqlPool["Type"],
  onProgress: OnProgress
): Effect.Effect<ReadonlyArray<Copied>, DatabaseFailure | DatabaseMoveRefused> =>
  from.writeAlone((source) =>
    Effect.gen(function* () {
      yield* prepare(source)
      const inSource = inContext(yield* Effect.context<never>())
      return yield* to.writeAlone((target) =>
        Effect.gen(function* () {
          yield* prepare(target)
          const found = yield* tablesOf(target)
          const tables = found.toSorted((a, b) => kept.indexOf(a.name) - kept.indexOf(b.name))
          yield* mustBeEmpty(target, tables)
          let done = 0
          const counts = yield* Effect.forEach(tables, ({ name }) =>
            inSource(source<{ readonly count: number }>`SELECT count(*) AS count FROM ${source(name)}`)
          )
          const total = counts.reduce((sum, [row]) => sum + (row?.count ?? 0), 0)
          const copied: Array<Copied> = []
          for (const table of tables) {
            const report = (rows: number) => {
              done += rows
              onProgress({ step: "Copying the database", done, total })
            }
            copied.push(yield* copyTable({ source, target, inSource }, table, report))
          }
          onProgress({ step: "Comparing the copy", done: 0, total: 0 })
          yield* Effect.forEach(tables, (table, place) => compare(target, table, copied[place]), { discard: true })
          const numbered = tables.filter(({ isNumbered }) => isNumbered)
          yield* Numbers.carry({ source, target, inSource }, numbered)
          return copied
        })
      )
    })
  )
