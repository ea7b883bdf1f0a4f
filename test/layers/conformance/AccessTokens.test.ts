import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { DatabaseLocked } from "../../../src/errors/Database.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./AccessTokens.js"

const sql = SqlAccessTokens.layer.pipe(
  Layer.provide(TestDatabase.database()),
  Layer.provide(Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent))
)

conforms("in SQL, in thread", sql)

describe("AccessTokens in SQL", () => {
  const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)
  const newToken = { label: "Editor", me: "https://me.example/", scopes: ["create"] } as const

  it.effect("store no token, only its hash", () =>
    Effect.gen(function* () {
      const { token } = yield* Effect.flatMap(AccessTokens, (tokens) => tokens.create(newToken))
      const rows = yield* Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT * FROM access_tokens`))
      expect(rows).toHaveLength(1)
      const everything = rows.flatMap((row) => Object.values(row)).map((value) => Buffer.from(String(value)).toString())
      expect(everything.join()).not.toContain(Redacted.value(token))
    }).pipe(
      Effect.provide(SqlAccessTokens.layer.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(quiet)))
    )
  )

  it.effect("accepts a token even if its use cannot be recorded", () => {
    let locked = false
    const lockable = Layer.map(TestDatabase.database(), (context) => {
      const pool = Context.get(context, SqlPool)
      return Context.make(SqlPool, {
        ...pool,
        write: (use) => (locked ? Effect.fail(new DatabaseLocked({ waitedMillis: 1 })) : pool.write(use))
      })
    })
    return Effect.gen(function* () {
      const tokens = yield* AccessTokens
      const { record, token } = yield* tokens.create(newToken)
      locked = true
      expect(yield* tokens.verify(token)).toMatchObject({ id: record.id })
      expect(yield* tokens.verify(token)).toMatchObject({ id: record.id })
    }).pipe(Effect.provide(SqlAccessTokens.layer.pipe(Layer.provide(lockable), Layer.provide(quiet))))
  })
})
