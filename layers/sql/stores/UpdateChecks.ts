import { Effect, Layer, Option, Schema } from "effect"
import { Release } from "../../../src/domain/updates/Release.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { UpdateChecks } from "../../../src/services/UpdateChecks.js"
import { decodeRows } from "../rows/Rows.js"

const checksFrom = decodeRows(
  Schema.Struct({
    checkedAt: Schema.Int,
    nextAt: Schema.Int,
    isRead: Schema.Int,
    release: Schema.NullOr(Schema.parseJson(Release))
  })
)

/** The last check in the table `update_checks`. */
export const layer: Layer.Layer<UpdateChecks, never, SqlPool> = Layer.effect(
  UpdateChecks,
  Effect.map(SqlPool, (pool) =>
    UpdateChecks.of({
      last: Effect.map(
        Effect.flatMap(
          pool.read(
            (sql) => sql`SELECT checked_at AS "checkedAt", next_at AS "nextAt", is_read AS "isRead", release
              FROM update_checks`
          ),
          checksFrom
        ),
        ([row]) =>
          Option.map(Option.fromNullable(row), ({ isRead, release, ...times }) => ({
            ...times,
            isRead: isRead === 1,
            release: Option.fromNullable(release)
          }))
      ),
      keep: Effect.fn("UpdateChecks.keep")(({ checkedAt, nextAt, release }) => {
        const row = {
          id: 1,
          checked_at: checkedAt,
          next_at: nextAt,
          is_read: Option.isSome(release) ? 1 : 0,
          release: Option.getOrNull(Option.map(release, (found) => JSON.stringify(found)))
        }
        return Effect.asVoid(
          pool.write(
            (sql) => sql`INSERT INTO update_checks ${sql.insert(row)} ON CONFLICT (id) DO UPDATE SET
              checked_at = excluded.checked_at, next_at = excluded.next_at, is_read = excluded.is_read,
              release = coalesce(excluded.release, update_checks.release)`
          )
        )
      })
    })
  )
)
