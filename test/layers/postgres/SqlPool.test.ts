import { describe } from "@effect/vitest"
import { Effect } from "effect"
import { layer } from "../../../layers/postgres/pool/SqlPool.js"
import * as Postgres from "../../fixtures/Postgres.js"
import { conforms, type Ground } from "../conformance/SqlPool.js"

const names = {
  integer: "BIGINT",
  bytes: "BYTEA",
  real: "DOUBLE PRECISION",
  orphan: "23503",
  nul: "\uFFFD",
  ending: "INSERT INTO notes VALUES (1, NULL)"
}

const ground = Effect.map(
  Postgres.address("empty"),
  (address): Ground => ({
    layer: (options) => layer({ address, ...options }),
    isWritable: Postgres.isWritable(address),
    holdLock: Postgres.holdLock(address),
    ids: Effect.map(Postgres.fromOutside(address, "SELECT id::int FROM notes"), (rows) => rows.map(({ id }) => id)),
    isTidy: Effect.map(
      Postgres.fromOutside(
        address,
        "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'starpunk%' AND datname = current_database()"
      ),
      (rows) => rows.length === 0
    )
  })
)

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  conforms("connections to a PostgreSQL server", names, ground)
})
