import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as SqlAuthorizations from "../../../layers/sql/stores/Authorizations.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { Authorizations } from "../../../src/services/Authorizations.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./Authorizations.js"

const inSql = Layer.merge(SqlAuthorizations.layer, SqlAccessTokens.layer)
const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)
const sql = inSql.pipe(Layer.provide(TestDatabase.database()), Layer.provide(quiet))

conforms("in SQL, in thread", sql)

describe("Authorizations in SQL", () => {
  it.effect("stores only hashes of codes", () =>
    Effect.gen(function* () {
      const authorizations = yield* Authorizations
      const code = yield* authorizations.issueCode({
        clientId: ClientId.make("https://app.example/"),
        redirectUri: "https://app.example/",
        codeChallenge: "a".repeat(43),
        scopes: [],
        me: "https://me.example/",
        label: "App"
      })
      const rows = yield* Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT * FROM authorization_codes`))
      expect(rows).toHaveLength(1)
      const everything = rows.flatMap((row) => Object.values(row)).map((value) => Buffer.from(String(value)).toString())
      expect(everything.join()).not.toContain(Redacted.value(code))
    }).pipe(Effect.provide(inSql.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(quiet))))
  )

  it.effect("are removed in batches, however many there are", () =>
    Effect.gen(function* () {
      const authorizations = yield* Authorizations
      const pool = yield* SqlPool
      yield* pool.write(
        (sql) => sql`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1200)
          INSERT INTO authorization_requests
            SELECT 'request-' || n, 's', 'https://app.example/', NULL, 'https://app.example/', NULL, 'x', '', 0, -1
            FROM numbers`
      )
      expect(yield* authorizations.cleanup).toBe(1200)
    }).pipe(Effect.provide(inSql.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(quiet))))
  )
})
