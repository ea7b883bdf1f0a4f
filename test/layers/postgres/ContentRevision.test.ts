import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as SqlPool from "../../../layers/postgres/pool/SqlPool.js"
import * as ContentRevision from "../../../layers/postgres/revision/ContentRevision.js"
import { migrate } from "../../../layers/postgres/schema/Migrator.js"
import { ContentRevision as Port } from "../../../src/services/ContentRevision.js"
import { SqlPool as Pool } from "../../../src/services/SqlPool.js"
import { eventually } from "../../fixtures/Eventually.js"
import * as Postgres from "../../fixtures/Postgres.js"
import { conforms, insert } from "../conformance/ContentRevision.js"

/** The revision of an empty database on a server of the test's own. */
const watched = Effect.gen(function* () {
  const address = yield* Postgres.address("empty")
  const pool = SqlPool.layer({ address }).pipe(Layer.provide(layerSilent))
  const revision = ContentRevision.layer({ address, busyTimeoutMillis: 2_000 })
  const services = yield* Layer.build(Layer.provideMerge(revision, pool))
  const { read } = yield* Effect.provide(Port, services)
  const now = Effect.async<string | undefined>((resume) => read((revision) => resume(Effect.succeed(revision))))
  const migrated = Effect.provide(migrate, Layer.merge(Layer.succeedContext(services), layerSilent))
  return {
    now,
    current: now,
    execute: (statement: string) => Postgres.fromOutside(address, statement),
    write: (statement: string) =>
      Effect.flatMap(Pool, (pool) => pool.write((sql) => sql.unsafe(statement))).pipe(Effect.provide(services)),
    prepare: Effect.zipRight(
      migrated,
      eventually(now, (revision) => revision !== undefined)
    )
  }
})

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  conforms("PostgreSQL", watched)

  it.scopedLive("notices of commits that were lost with the connection are made up for", () =>
    Effect.gen(function* () {
      const { execute, now, prepare } = yield* watched
      yield* prepare
      const before = yield* now
      yield* execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%content_revision%' AND pid <> pg_backend_pid()"
      )
      yield* execute(insert("one", 0))
      expect(yield* eventually(now, (revision) => revision !== undefined && revision !== before)).toBeDefined()
    })
  )

  it.scopedLive("a change without a notice is found all the same", () =>
    Effect.gen(function* () {
      const { execute, now, prepare } = yield* watched
      yield* prepare
      const before = yield* now
      yield* execute("UPDATE content_revision SET count = count + 1")
      expect(yield* eventually(now, (revision) => revision !== before)).toBeDefined()
    })
  )
})
