import { Clock, Effect, Layer, Schedule, Schema } from "effect"
import { type SavedForms, SharedForms } from "../../../src/services/SharedForms.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { cleanupBatch } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"

const formsFrom = decodeRows(Schema.Struct({ id: Schema.Int, updatedAt: Schema.Int }))

/** How long a save keeps others of its form waiting at most: an instance that was killed ends none. Milliseconds. */
const longestSave = 10_000

/** How long a form is remembered after its last save, in milliseconds. */
const remembered = 24 * 60 * 60 * 1000

/** When a save that waits looks again. */
const pace = Schedule.spaced("50 millis").pipe(Schedule.upTo(longestSave))

/** Forms in the table `shared_forms`, so that a form that is sent twice, to two instances, creates one post. */
export const layer: Layer.Layer<never, never, SqlPool> = Layer.effect(
  SharedForms,
  Effect.map(SqlPool, (pool): SavedForms => {
    const now = Effect.map(Clock.currentTimeMillis, Math.floor)

    /** Whether this save is the only one of its form. */
    const take = (key: string) =>
      Effect.flatMap(now, (at) =>
        pool.write((sql) =>
          Effect.zipRight(
            sql`DELETE FROM shared_forms WHERE key IN (
              SELECT key FROM shared_forms WHERE used_at <= ${at - remembered} LIMIT ${cleanupBatch})`,
            sql`INSERT INTO shared_forms ${sql.insert({ key, held_until: at + longestSave, used_at: at })}
              ON CONFLICT (key) DO UPDATE SET held_until = excluded.held_until, used_at = excluded.used_at
              WHERE shared_forms.held_until <= ${at} RETURNING key`
          )
        )
      ).pipe(Effect.map((rows) => rows.length > 0))

    const release = (key: string) =>
      Effect.ignore(pool.write((sql) => sql`UPDATE shared_forms SET held_until = 0 WHERE key = ${key}`))

    return {
      find: Effect.fn("SharedForms.find")(function* (key: string) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT post_id AS id, updated_at AS "updatedAt" FROM shared_forms
            WHERE key = ${key} AND post_id IS NOT NULL`
        )
        return (yield* formsFrom(rows))[0]
      }),
      keep: Effect.fn("SharedForms.keep")(function* (key: string, { id, updatedAt }) {
        yield* pool.write(
          (sql) => sql`UPDATE shared_forms SET post_id = ${id}, updated_at = ${updatedAt} WHERE key = ${key}`
        )
      }),
      oneAtATime: (key) => (save) =>
        Effect.zipRight(
          Effect.repeat(take(key), { until: (isTaken) => isTaken, schedule: pace }),
          Effect.ensuring(save, release(key))
        )
    }
  })
)
