import type { SqlClient } from "@effect/sql"
import { Effect, Option, Schema } from "effect"
import { initialCrop, PhotoCrop } from "../../../src/domain/site/PhotoCrop.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { PhotoFile, PhotoPicture, PhotoState } from "../../../src/services/OwnerPhoto.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

/** The owner's photo as it is stored. */
export interface StoredPhoto extends PhotoState {
  /** The whole picture, JPEG. */
  readonly original: Uint8Array
  /** The square, JPEG. */
  readonly square: Uint8Array
  /** Side of the square in pixels. */
  readonly size: number
  /** The square as a small PNG. */
  readonly icon: Uint8Array
}

const statesFrom = decodeRows(Schema.Struct({ version: Schema.String, crop: Schema.parseJson(Schema.Unknown) }))
const filesFrom = decodeRows(Schema.Struct({ version: Schema.String, bytes: Schema.Uint8ArrayFromSelf }))

const stateIn = (sql: SqlClient.SqlClient) =>
  Effect.map(
    Effect.flatMap(sql`SELECT version, crop FROM site_photo`, statesFrom),
    ([row]): Option.Option<PhotoState> =>
      Option.map(Option.fromNullable(row), ({ crop, version }) => ({
        version,
        crop: Option.getOrElse(Schema.decodeUnknownOption(PhotoCrop)(crop), () => initialCrop)
      }))
  )

/** The row of the table `site_photo`. */
export interface PhotoRecord {
  readonly state: Effect.Effect<Option.Option<PhotoState>, DatabaseFailure>
  readonly file: (
    picture: PhotoPicture
  ) => Effect.Effect<Option.Option<Pick<PhotoFile, "version" | "bytes">>, DatabaseFailure>
  /** Stores a photo. With `basedOn`, only if the photo still has that version; returns whether it was stored. */
  readonly put: (photo: StoredPhoto, now: number, basedOn?: string) => Effect.Effect<boolean, DatabaseFailure>
  readonly remove: Effect.Effect<void, DatabaseFailure>
}

/** The record in the pool's database. */
export const photoRecord: Effect.Effect<PhotoRecord, never, SqlPool> = Effect.map(SqlPool, (pool) => ({
  state: pool.read(stateIn),
  file: (picture) =>
    pool
      .read((sql) => sql`SELECT version, ${sql(picture)} AS bytes FROM site_photo`)
      .pipe(
        Effect.flatMap(filesFrom),
        Effect.map(([row]) => Option.fromNullable(row))
      ),
  put: ({ crop, icon, original, size, square, version }, now, basedOn) =>
    pool.write((sql) =>
      Effect.gen(function* () {
        const before = yield* stateIn(sql)
        if (basedOn !== undefined && Option.getOrUndefined(before)?.version !== basedOn) return false
        const row = { id: 1, version, original, square, size, icon, crop: JSON.stringify(crop), changed_at: now }
        yield* sql`DELETE FROM site_photo`
        yield* sql`INSERT INTO site_photo ${sql.insert(row)}`
        return true
      })
    ),
  remove: pool.write((sql) => Effect.asVoid(sql`DELETE FROM site_photo`))
}))
