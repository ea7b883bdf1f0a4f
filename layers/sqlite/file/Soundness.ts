import { Effect, Schema } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { SingleConnection } from "../pool/SingleConnection.js"

/** Maximum number of lines to request: the first ones name the place, the rest follows from them. */
const linesAtMost = 20

/** Damage of a database; all lists are empty if there is none. */
export interface Unsoundness {
  /** Damage of the file's structure. */
  readonly structure: ReadonlyArray<string>
  /** Damage of virtual tables, that is, of the search index, which can be rebuilt from the posts. */
  readonly index: ReadonlyArray<string>
  /** Rows that reference a missing row, by table. */
  readonly references: ReadonlyArray<string>
}

const Line = Schema.Struct({ integrity_check: Schema.String })

const Orphan = Schema.Struct({ table: Schema.String, parent: Schema.String })

/**
 * Returns whether a line is about the index. SQLite reports damage of an FTS5 table with the prefix `fts5:`, or names
 * the table.
 */
const isOfIndex = (line: string) => /^fts5:|search_fts_/i.test(line)

/** Turns damage that stops SQLite into a result. */
const orDamage = <A>(effect: Effect.Effect<A, DatabaseFailure>, damage: (text: string) => A) =>
  Effect.catchTag(effect, "DatabaseCorrupt", ({ driverCode }) =>
    Effect.succeed(damage(`SQLite cannot continue reading (${driverCode})`))
  )

/**
 * Reads the whole file: every page, every index against its table, every constraint, the full-text index itself, and
 * every reference. https://www.sqlite.org/pragma.html#pragma_integrity_check
 */
export const examine = (connection: SingleConnection): Effect.Effect<Unsoundness, DatabaseFailure> =>
  Effect.gen(function* () {
    const lines = yield* orDamage(
      Effect.map(connection.query(Line, `PRAGMA integrity_check(${linesAtMost})`), (rows) =>
        rows.flatMap(({ integrity_check }) => (integrity_check === "ok" ? [] : integrity_check.split("\n")))
      ),
      (text) => [text]
    )
    const references = yield* orDamage(
      Effect.map(connection.query(Orphan, "PRAGMA foreign_key_check"), (rows) => [
        ...new Set(rows.map(({ parent, table }) => `${table} refers to missing rows of ${parent}`))
      ]),
      () => []
    )
    return {
      structure: lines.filter((line) => !isOfIndex(line)),
      index: lines.filter(isOfIndex),
      references
    }
  })
