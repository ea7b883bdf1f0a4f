import { Effect, Schema } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { Migration } from "../../sql/schema/Migration.js"
import { checksum } from "../../sql/schema/Migrator.js"
import type { SingleConnection } from "../pool/SingleConnection.js"
import { migrations } from "./migrations.js"

/** State of a database's schema relative to this program. */
export interface SchemaHistory {
  /**
   * `none`: it has no tables of StarPunk yet; `behind`: it is older and gets migrated when the server starts; `newer`:
   * a newer program wrote it; `changed`: an applied migration differs from this program's.
   */
  readonly state: "current" | "none" | "behind" | "newer" | "changed"
  /** Number of the newest applied migration; 0 if there is none. */
  readonly version: number
  /** Number of the newest migration that this program knows. */
  readonly known: number
  /** Version of StarPunk that applied the newest migration. */
  readonly writtenBy: string
  /** Time of the newest migration in epoch milliseconds; 0 if there is none. */
  readonly appliedAt: number
}

const Row = Schema.Struct({
  id: Schema.Int,
  checksum: Schema.String,
  applied_at: Schema.Int,
  applied_by: Schema.String
})

const stateOf = (known: ReadonlyArray<Migration>, applied: ReadonlyArray<typeof Row.Type>): SchemaHistory["state"] => {
  if (applied.length === 0) return "none"
  if ((applied.at(-1)?.id ?? 0) > (known.at(-1)?.id ?? 0)) return "newer"
  const isOurs = applied.every(({ checksum: found, id }, place) => {
    const migration = known[place]
    return migration?.id === id && checksum(migration) === found
  })
  if (!isOurs) return "changed"
  return applied.length < known.length ? "behind" : "current"
}

/** Reads the history of the schema; changes nothing. */
export const read = (
  connection: SingleConnection,
  known: ReadonlyArray<Migration> = migrations
): Effect.Effect<SchemaHistory, DatabaseFailure> =>
  Effect.gen(function* () {
    const found = yield* connection.query(
      Schema.Struct({ name: Schema.String }),
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'"
    )
    const applied =
      found.length === 0
        ? []
        : yield* connection.query(Row, "SELECT id, checksum, applied_at, applied_by FROM migrations ORDER BY id")
    const latest = applied.at(-1)
    return {
      state: stateOf(known, applied),
      version: latest?.id ?? 0,
      known: known.at(-1)?.id ?? 0,
      writtenBy: latest?.applied_by ?? "",
      appliedAt: latest?.applied_at ?? 0
    }
  })
