import type { SqlClient } from "@effect/sql"
import { Clock, Duration, Effect, Layer, Schema } from "effect"
import { waitFor } from "../../../src/domain/Pace.js"
import { TooManyAttempts } from "../../../src/errors/Login.js"
import { type Allowance, Attempts } from "../../../src/services/Attempts.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { cleanupBatch } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"

const rowsFrom = decodeRows(Schema.Struct({ restoredAt: Schema.Int }))

/** When the allowance of a key is full again, not before now. */
const restoredAt = (sql: SqlClient.SqlClient, { key, kind }: Allowance, now: number) =>
  sql`SELECT restored_at AS "restoredAt" FROM shared_attempts WHERE kind = ${kind} AND key = ${key}`.pipe(
    Effect.flatMap(rowsFrom),
    Effect.map(([row]) => Math.max(now, row?.restoredAt ?? now))
  )

/** The longest wait, in milliseconds, and the instants that it comes from. */
const look = (sql: SqlClient.SqlClient, allowances: ReadonlyArray<Allowance>, now: number) =>
  Effect.map(
    Effect.forEach(allowances, (allowance) => restoredAt(sql, allowance, now)),
    (instants) => ({
      instants,
      wait: Math.max(0, ...allowances.map((allowance, place) => waitFor(allowance, instants[place] ?? now, now)))
    })
  )

const take = (sql: SqlClient.SqlClient, allowances: ReadonlyArray<Allowance>, now: number) =>
  Effect.gen(function* () {
    const { instants, wait } = yield* look(sql, allowances, now)
    if (wait > 0) return wait
    yield* sql`DELETE FROM shared_attempts WHERE (kind, key) IN (
      SELECT kind, key FROM shared_attempts WHERE restored_at <= ${now} LIMIT ${cleanupBatch})`
    for (const [place, { every, key, kind }] of allowances.entries()) {
      const restored_at = (instants[place] ?? now) + Math.ceil(Duration.toMillis(every))
      yield* sql`INSERT INTO shared_attempts ${sql.insert({ kind, key, restored_at })}
        ON CONFLICT (kind, key) DO UPDATE SET restored_at = excluded.restored_at`
    }
    return 0
  })

/**
 * Counts attempts that could guess a secret in the table `shared_attempts`, for all instances of the site, and others in
 * this process. A refused attempt writes nothing, so a flood does not keep writers busy. While the database does not
 * answer, this process counts alone; what could be guessed is in the same database.
 */
export const layer: Layer.Layer<Attempts, never, Attempts | SqlPool | Settings> = Layer.effect(
  Attempts,
  Effect.gen(function* () {
    const { rateLimitEnabled } = yield* Settings
    const own = yield* Attempts
    const pool = yield* SqlPool

    const takeShared = (allowances: ReadonlyArray<Allowance>) =>
      Effect.gen(function* () {
        const now = Math.floor(yield* Clock.currentTimeMillis)
        const { wait } = yield* pool.read((sql) => look(sql, allowances, now))
        const after = wait > 0 ? wait : yield* pool.write((sql) => take(sql, allowances, now))
        if (after > 0) return yield* new TooManyAttempts({ retryAfterSeconds: Math.ceil(after / 1000) })
      }).pipe(
        Effect.catchIf(
          (failure) => !(failure instanceof TooManyAttempts),
          () => own.take(...allowances)
        )
      )

    return {
      take: (...allowances) => {
        const shared = rateLimitEnabled ? allowances.filter(({ guards }) => guards === "secret") : []
        const rest = allowances.filter((allowance) => !shared.includes(allowance))
        if (shared.length === 0) return own.take(...rest)
        return rest.length === 0 ? takeShared(shared) : Effect.zipRight(own.take(...rest), takeShared(shared))
      },
      unsafeTake: own.unsafeTake,
      forget: (allowance) => {
        const { guards, key, kind } = allowance
        if (guards === undefined || !rateLimitEnabled) return own.forget(allowance)
        const remove = pool.write((sql) => sql`DELETE FROM shared_attempts WHERE kind = ${kind} AND key = ${key}`)
        return Effect.zipRight(own.forget(allowance), Effect.ignore(remove))
      }
    }
  })
)
