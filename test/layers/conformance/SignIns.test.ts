import { describe, expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, Layer, Redacted, TestClock } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlSignIns from "../../../layers/sql/stores/SignIns.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { SignIns } from "../../../src/services/SignIns.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./SignIns.js"

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)
const sql = SqlSignIns.layer.pipe(Layer.provide(TestDatabase.database()), Layer.provide(quiet))

conforms("in SQL, in thread", sql)

describe("SignIns in SQL", () => {
  const rows = Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT * FROM sign_ins`))

  it.effect("store neither secret in plain text, and remove what has expired", () =>
    Effect.gen(function* () {
      const signIns = yield* SignIns
      const { state, verifier } = yield* signIns.begin({ endpoint: "https://p.example/" })
      const kept = (yield* rows)
        .flatMap((row) => Object.values(row))
        .map((value) => Buffer.from(String(value)).toString())
      expect(kept.join()).not.toContain(Redacted.value(state))
      expect(kept.join()).not.toContain(Redacted.value(verifier))
      yield* signIns.begin({ endpoint: "https://p.example/" })
      expect(yield* rows).toHaveLength(2)
      yield* TestClock.adjust(Duration.minutes(10))
      yield* signIns.begin({ endpoint: "https://p.example/" })
      expect(yield* rows).toHaveLength(1)
    }).pipe(Effect.provide(SqlSignIns.layer.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(quiet))))
  )

  it.effect("are ten thousand at most, of which the oldest make room", () =>
    Effect.gen(function* () {
      const signIns = yield* SignIns
      const pool = yield* SqlPool
      const first = yield* signIns.begin({ endpoint: "https://p.example/" })
      yield* TestClock.adjust(Duration.seconds(1))
      const second = yield* signIns.begin({ endpoint: "https://p.example/" })
      const expiry = (yield* Clock.currentTimeMillis) + Duration.toMillis("10 minutes") + 1_000
      yield* pool.write(
        (sql) => sql`INSERT INTO sign_ins (state_hash, verifier_hash, endpoint, expires_at)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9998)
          SELECT randomblob(32), randomblob(32), 'https://p.example/', ${expiry} FROM n`
      )
      expect(yield* rows).toHaveLength(10_000)
      yield* TestClock.adjust(Duration.seconds(2))
      const newest = yield* signIns.begin({ endpoint: "https://p.example/" })
      expect(yield* rows).toHaveLength(10_000)
      expect((yield* Effect.flip(signIns.finish(first.state, first.verifier)))._tag).toBe("SignInRefused")
      yield* signIns.finish(second.state, second.verifier)
      yield* signIns.finish(newest.state, newest.verifier)
    }).pipe(Effect.provide(SqlSignIns.layer.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(quiet))))
  )
})
