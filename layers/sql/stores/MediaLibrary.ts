import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Layer, Option, Schema } from "effect"
import { mediaOf, parseFileName } from "../../../src/domain/media/Media.js"
import { DatabaseCorrupt } from "../../../src/errors/Database.js"
import { type LibraryFilter, MediaLibrary, mostUses } from "../../../src/services/MediaLibrary.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRow, decodeRows } from "../rows/Rows.js"
import { contains } from "../search/SearchCondition.js"
import { inSettings, isUnused, standing } from "./MediaUses.js"

const ListedRow = Schema.Struct({
  name: Schema.String,
  byteLength: Schema.Int,
  uploadedAt: Schema.Int,
  uses: Schema.Int,
  inSettings: Schema.Int,
  alt: Schema.NullOr(Schema.String)
})

const listedFrom = decodeRows(ListedRow)
const usedFrom = decodeRows(Schema.Struct({ ...ListedRow.fields, standing: Schema.String }))
const idsFrom = decodeRows(Schema.Struct({ id: Schema.Int }))
const mediaIdsFrom = decodeRows(Schema.Struct({ id: Schema.String }))
const countsFrom = decodeRow(
  Schema.Struct({ all: Schema.Int, unused: Schema.Int, undescribed: Schema.Int, bytes: Schema.Number })
)

const columns = (sql: SqlClient.SqlClient) =>
  sql`media.name, media.byte_length AS "byteLength", media.uploaded_at AS "uploadedAt",
    (SELECT count(*) FROM media_uses WHERE media_id = media.id) AS uses, ${inSettings(sql)} AS "inSettings",
    (SELECT max(alt) FROM media_uses WHERE media_id = media.id) AS alt`

const toListed = ({ alt, byteLength, inSettings: isNamed, name: text, uploadedAt, uses }: typeof ListedRow.Type) => {
  const name = parseFileName(text)
  return name === undefined
    ? new DatabaseCorrupt({ driverCode: "ROW_SHAPE" })
    : Effect.succeed({
        media: mediaOf(name, byteLength, uploadedAt),
        uses,
        isInSettings: isNamed === 1,
        alt: alt ?? ""
      })
}

/** Condition that a post shows a picture of the table `media` without a description. Names of pictures have their size. */
const isUndescribed = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`media.name LIKE '%-%' AND EXISTS (
    SELECT 1 FROM media_uses JOIN posts ON posts.id = media_uses.post_id AND posts.deleted_at IS NULL
    WHERE media_uses.media_id = media.id AND coalesce(media_uses.alt, '') = '')`)

/**
 * Spellings of a word to compare with `lower()`, which changes only ASCII in SQLite: in small letters, with a capital, and
 * in capitals.
 */
const spellings = (word: string): ReadonlyArray<string> => {
  const small = word.toLowerCase()
  const capital = small.replace(/^./u, (first) => first.toUpperCase())
  const asciiSmall = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return [...new Set([small, capital, small.toUpperCase()].map(asciiSmall))]
}

/** Condition that the name or a description of a file of the table `media` contains a word. */
const isNamed = (sql: SqlClient.SqlClient, word: string): Statement.Fragment => {
  const hasPart = (text: Statement.Fragment) => sql.or(spellings(word).map((part) => contains(sql, text, part)))
  return sql.or([
    hasPart(sql.literal("media.name")),
    sql`EXISTS (SELECT 1 FROM media_uses WHERE media_uses.media_id = media.id
      AND ${hasPart(sql.literal("lower(media_uses.alt)"))})`
  ])
}

const conditionOf = (sql: SqlClient.SqlClient, filter: LibraryFilter): Statement.Fragment => {
  if (filter === "unused") return isUnused(sql)
  return filter === "undescribed" ? isUndescribed(sql) : sql.literal("TRUE")
}

/** Files in the table `media`, and their uses in `media_uses`, which the stores of posts keep. */
export const layer: Layer.Layer<MediaLibrary, never, SqlPool> = Layer.effect(
  MediaLibrary,
  Effect.map(SqlPool, (pool) =>
    MediaLibrary.of({
      list: Effect.fn("MediaLibrary.list")(function* ({ filter, limit, offset, words }) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT ${columns(sql)} FROM media
            WHERE ${sql.and([conditionOf(sql, filter), ...words.map((word) => isNamed(sql, word))])}
            ORDER BY position DESC LIMIT ${limit} OFFSET ${offset}`
        )
        return yield* Effect.forEach(yield* listedFrom(rows), toListed)
      }),
      counts: pool
        .read(
          (sql) => sql`SELECT count(*) AS "all", coalesce(sum(byte_length), 0) AS bytes,
            count(*) FILTER (WHERE ${isUnused(sql)}) AS unused,
            count(*) FILTER (WHERE ${isUndescribed(sql)}) AS undescribed FROM media`
        )
        .pipe(Effect.flatMap(countsFrom), Effect.withSpan("MediaLibrary.counts")),
      byId: Effect.fn("MediaLibrary.byId")(function* (id: string) {
        const { posts, rows } = yield* pool.read((sql) =>
          Effect.gen(function* () {
            const rows = yield* usedFrom(
              yield* sql`SELECT ${columns(sql)}, ${standing(sql)} AS standing FROM media WHERE media.id = ${id}`
            )
            const posts = yield* idsFrom(
              yield* sql`SELECT post_id AS id FROM media_uses WHERE media_id = ${id}
                ORDER BY post_id DESC LIMIT ${mostUses}`
            )
            return { rows, posts: posts.map((post) => post.id) }
          })
        )
        const [row] = rows
        if (row === undefined) return Option.none()
        return Option.some({ ...(yield* toListed(row)), posts, standing: row.standing })
      }),
      onlyIn: Effect.fn("MediaLibrary.onlyIn")(function* (post: number) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT media.id FROM media_uses AS used JOIN media ON media.id = used.media_id
            WHERE used.post_id = ${post} AND NOT ${inSettings(sql)} AND NOT EXISTS (
              SELECT 1 FROM media_uses AS other WHERE other.media_id = used.media_id AND other.post_id <> ${post})`
        )
        return (yield* mediaIdsFrom(rows)).map(({ id }) => id)
      })
    })
  )
)
