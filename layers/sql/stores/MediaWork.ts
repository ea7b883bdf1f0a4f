import { Duration, Effect, Option, Schema } from "effect"
import { type MediaName, parseFileName } from "../../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

const namesFrom = decodeRows(Schema.Struct({ name: Schema.String }))
const idsFrom = decodeRows(Schema.Struct({ id: Schema.String }))

/** Uploads and removals in progress, in the table `media_work`, by which the objects of killed processes are found. */
export interface MediaWork {
  /** Notes work on a file, by the name of the file itself. `now` in epoch milliseconds. */
  readonly note: (id: string, name: string, now: number) => Effect.Effect<void, DatabaseFailure>
  readonly find: (id: string) => Effect.Effect<Option.Option<MediaName>, DatabaseFailure>
  readonly end: (id: string) => Effect.Effect<void, DatabaseFailure>
  /** Ids of work that began at least this long before `now`. */
  readonly olderThan: (age: Duration.Duration, now: number) => Effect.Effect<ReadonlyArray<string>, DatabaseFailure>
}

/** Work in the pool's database. */
export const mediaWork: Effect.Effect<MediaWork, never, SqlPool> = Effect.map(SqlPool, (pool) => ({
  note: (id, name, now) =>
    pool.write((sql) =>
      Effect.asVoid(
        sql`INSERT INTO media_work ${sql.insert({ id, name, started_at: now })}
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, started_at = excluded.started_at`
      )
    ),
  find: (id) =>
    pool
      .read((sql) => sql`SELECT name FROM media_work WHERE id = ${id}`)
      .pipe(
        Effect.flatMap(namesFrom),
        Effect.map(([row]) => Option.fromNullable(row === undefined ? undefined : parseFileName(row.name)))
      ),
  end: (id) => pool.write((sql) => Effect.asVoid(sql`DELETE FROM media_work WHERE id = ${id}`)),
  olderThan: (age, now) =>
    pool
      .read((sql) => sql`SELECT id FROM media_work WHERE started_at <= ${now - Duration.toMillis(age)}`)
      .pipe(
        Effect.flatMap(idsFrom),
        Effect.map((rows) => rows.map(({ id }) => id))
      )
}))
