import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layer, type PoolOptions } from "../../../layers/postgres/pool/SqlPool.js"
import * as Postgres from "../../fixtures/Postgres.js"

const opened = (options: PoolOptions) =>
  Effect.flip(Effect.scoped(Layer.build(layer(options)))).pipe(Effect.provide(layerSilent))

describe.skipIf(Postgres.whyNot !== undefined)("a database that cannot be opened", () => {
  const refused = (
    title: string,
    reason: string,
    prepare: (address: PoolOptions["address"]) => Effect.Effect<Partial<PoolOptions["address"]>>
  ) =>
    it.scopedLive(title, () =>
      Effect.gen(function* () {
        const address = yield* Postgres.address("empty")
        const changed = yield* prepare(address)
        const failure = yield* opened({ address: { ...address, ...changed } })
        expect(failure).toMatchObject({ _tag: "DatabaseOpenFailed", reason })
        expect(failure.info.operator?.troubleshooting.length).toBeGreaterThan(0)
        expect(JSON.stringify(failure)).not.toContain("hunter2")
      })
    )

  const run = (statement: string) => (address: PoolOptions["address"]) =>
    Effect.as(Postgres.fromOutside(address, statement), {})

  refused("nobody listens at the socket", "unreachable", () => Effect.succeed({ port: 1 }))
  refused("nobody listens at the port", "unreachable", () => Effect.succeed({ host: "127.0.0.1", port: 1 }))
  refused("the name does not exist", "unreachable", () => Effect.succeed({ host: "db.invalid" }))
  refused("the database does not exist", "database_missing", () => Effect.succeed({ database: "nowhere" }))
  refused("the server does not encrypt", "tls", () => Effect.succeed({ isEncrypted: true }))
  refused("the password is wrong", "unauthenticated", (address) =>
    Effect.as(
      Postgres.fromOutside(
        address,
        `DO $$ BEGIN CREATE ROLE locked LOGIN PASSWORD 'right'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`
      ),
      { user: "locked", password: Redacted.make("hunter2") }
    )
  )
  refused("it has tables of another program", "foreign_database", run("CREATE TABLE wp_posts (id BIGINT)"))
  refused("another program keeps migrations there", "foreign_database", run("CREATE TABLE migrations (id BIGINT)"))
  refused("the user may create no tables", "schema_not_permitted", (address) =>
    Effect.as(
      Postgres.fromOutside(
        address,
        `DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
          REVOKE CREATE ON SCHEMA public FROM PUBLIC`
      ),
      { user: "stranger" }
    )
  )
  refused("its schema is gone", "schema_not_permitted", run("DROP SCHEMA public"))
  refused("its user has no connection left", "too_many_connections", (address) =>
    Effect.as(
      Postgres.fromOutside(
        address,
        `DO $$ BEGIN CREATE ROLE none_left LOGIN CONNECTION LIMIT 0; EXCEPTION WHEN duplicate_object THEN NULL; END $$`
      ),
      { user: "none_left" }
    )
  )
  refused("its encoding is not UTF-8", "encoding", (address) =>
    Effect.as(
      Postgres.fromOutside(
        address,
        `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`
      ),
      { database: "latin" }
    )
  )
})
