import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Layer, Redacted, TestClock } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as MemorySignIns from "../../../layers/memory/SignIns.js"
import * as SqlSignIns from "../../../layers/sql/stores/SignIns.js"
import * as Testing from "../../../layers/Testing.js"
import { SignIns } from "../../../src/services/SignIns.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./SignIns.js"

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)
const sql = SqlSignIns.layer.pipe(Layer.provide(Testing.database()), Layer.provide(quiet))

conforms("in memory", MemorySignIns.layer.pipe(Layer.provide(MemorySecureRandom.layer)))
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
    }).pipe(Effect.provide(SqlSignIns.layer.pipe(Layer.provideMerge(Testing.database()), Layer.provide(quiet))))
  )
})
