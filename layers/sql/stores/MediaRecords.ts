import type { SqlClient } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import { type Media, mediaOf, parseFileName } from "../../../src/domain/media/Media.js"
import { DatabaseCorrupt, type DatabaseFailure } from "../../../src/errors/Database.js"
import type { MediaRange } from "../../../src/services/MediaStore.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"
import { standing } from "./MediaUses.js"

const MediaRow = Schema.Struct({ name: Schema.String, byteLength: Schema.Int, uploadedAt: Schema.Int })

const rowsFrom = decodeRows(MediaRow)
const sizesFrom = decodeRows(Schema.Struct({ id: Schema.String, byteLength: Schema.Int }))

/** Records of the files in the table `media`. */
export interface MediaRecords {
  readonly add: (media: Media, name: string, uploadedBy?: string) => Effect.Effect<void, DatabaseFailure>
  readonly byId: (id: string) => Effect.Effect<Option.Option<Media>, DatabaseFailure>
  /** Newest first. */
  readonly list: (range: MediaRange) => Effect.Effect<ReadonlyArray<Media>, DatabaseFailure>
  /** Sizes of these files in bytes, by id. */
  readonly sizes: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, number>, DatabaseFailure>
  /** Total size of all files in bytes. */
  readonly size: Effect.Effect<number, DatabaseFailure>
  /** Returns false if there is none with this id. */
  readonly remove: (id: string) => Effect.Effect<boolean, DatabaseFailure>
  /** As `remove`, if the same posts and settings use the file as before (`standing`). */
  readonly discard: (id: string, standing: string) => Effect.Effect<boolean, DatabaseFailure>
}

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`name, byte_length AS "byteLength", uploaded_at AS "uploadedAt"`)

const mediaFrom = (rows: ReadonlyArray<unknown>) =>
  Effect.flatMap(rowsFrom(rows), (decoded) =>
    Effect.forEach(decoded, ({ byteLength, name: text, uploadedAt }) => {
      const name = parseFileName(text)
      return name === undefined
        ? new DatabaseCorrupt({ driverCode: "ROW_SHAPE" })
        : Effect.succeed(mediaOf(name, byteLength, uploadedAt))
    })
  )

/** Records in the pool's database. */
export const mediaRecords: Effect.Effect<MediaRecords, never, SqlPool> = Effect.map(SqlPool, (pool) => ({
  add: ({ byteLength, id, uploadedAt }, name, uploadedBy) =>
    pool.write((sql) =>
      Effect.asVoid(
        sql`INSERT INTO media ${sql.insert({
          id,
          name,
          byte_length: byteLength,
          uploaded_at: uploadedAt,
          uploaded_by: uploadedBy ?? null
        })}`
      )
    ),
  byId: (id) =>
    pool
      .read((sql) => sql`SELECT ${columns(sql)} FROM media WHERE id = ${id}`)
      .pipe(
        Effect.flatMap(mediaFrom),
        Effect.map(([media]) => Option.fromNullable(media))
      ),
  sizes: (ids) =>
    ids.length === 0
      ? Effect.succeed(new Map())
      : pool
          .read((sql) => sql`SELECT id, byte_length AS "byteLength" FROM media WHERE ${sql.in("id", ids)}`)
          .pipe(
            Effect.flatMap(sizesFrom),
            Effect.map((rows) => new Map(rows.map(({ byteLength, id }) => [id, byteLength])))
          ),
  list: ({ limit, offset = 0, uploadedBy }) =>
    pool
      .read(
        (sql) => sql`SELECT ${columns(sql)} FROM media
          WHERE ${uploadedBy === undefined ? sql.literal("TRUE") : sql`uploaded_by = ${uploadedBy}`}
          ORDER BY position DESC LIMIT ${limit} OFFSET ${offset}`
      )
      .pipe(Effect.flatMap(mediaFrom)),
  size: pool
    .read((sql) => sql<{ bytes: number }>`SELECT coalesce(sum(byte_length), 0) AS bytes FROM media`)
    .pipe(Effect.map(([row]) => row?.bytes ?? 0)),
  remove: (id) =>
    Effect.map(
      pool.write((sql) => sql`DELETE FROM media WHERE id = ${id} RETURNING id`),
      (removed) => removed.length > 0
    ),
  discard: (id, known) =>
    Effect.map(
      pool.write((sql) => sql`DELETE FROM media WHERE id = ${id} AND ${standing(sql)} = ${known} RETURNING id`),
      (removed) => removed.length > 0
    )
}))
