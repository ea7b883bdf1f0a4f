import { Effect, Schema } from "effect"
import type { DatabaseFailure } from "../../../src/errors/failure/Database.js"
import type { SingleConnection } from "../pool/SingleConnection.js"

/** Lines that SQLite is asked for: the first ones name the place, the rest follows from them. */
const linesAtMost = 20

/** What is wrong with a database; all three empty when nothing is. */
export interface Unsoundness {
  /** The file's structure. */
  readonly structure: ReadonlyArray<string>
  /** Virtual tables, which is to say the search index: it can be made anew from the posts. */
  readonly index: ReadonlyArray<string>
  /** Rows that name a row that is not there, by table. */
  readonly references: ReadonlyArray<string>
}

const Line = Schema.Struct({ integrity_check: Schema.String })

const Orphan = Schema.Struct({ table: Schema.String, parent: Schema.String })

/** SQLite hands damage of an FTS5 table on in FTS5's own words, or names the table. */
const isOfIndex = (line: string) => /^fts5:|search_fts_/i.test(line)

/** Damage that keeps SQLite from reading on is an answer like any other. */
const orDamage = <A>(effect: Effect.Effect<A, DatabaseFailure>, damage: (text: string) => A) =>
  Effect.catchTag(effect, "DatabaseCorrupt", ({ driverCode }) =>
    Effect.succeed(damage(`SQLite cannot read on (${driverCode})`))
  )

/**
 * Reads the whole file: every page, every index against its table, every constraint, the full-text index within itself,
 * and every reference. https://www.sqlite.org/pragma.html#pragma_integrity_check
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
        ...new Set(rows.map(({ parent, table }) => `${table} names rows that ${parent} lacks`))
      ]),
      () => []
    )
    return {
      structure: lines.filter((line) => !isOfIndex(line)),
      index: lines.filter(isOfIndex),
      references
    }
  })
