import type { SqlClient } from "@effect/sql"
import { Array as Arr, Effect, Layer, Option, Schema } from "effect"
import { mediaPath, parseFileName } from "../../../src/domain/media/Media.js"
import { foldedAddress } from "../../../src/domain/posts/OldAddress.js"
import { permalinkPath } from "../../../src/domain/posts/Permalink.js"
import { PostStatus, Visibility } from "../../../src/domain/posts/Post.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { type Moved, OldAddresses } from "../../../src/services/OldAddresses.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

const MovedRow = Schema.Struct({
  path: Schema.String,
  folded: Schema.String,
  slug: Schema.NullOr(Slug),
  kind: Schema.NullOr(Schema.String),
  status: Schema.NullOr(PostStatus),
  visibility: Schema.NullOr(Visibility),
  publishedAt: Schema.NullOr(Schema.Int),
  deletedAt: Schema.NullOr(Schema.Int),
  file: Schema.NullOr(Schema.String)
})

/** Maximum number of rows in one statement: each binds some of the 32,766 variables that SQLite allows. */
const rowsAtOnce = 1_000

const movedFrom = decodeRows(MovedRow)
const mediaAddressesFrom = decodeRows(Schema.Struct({ mediaId: Schema.String, path: Schema.String }))

const found = (sql: SqlClient.SqlClient, folded: ReadonlyArray<string>) =>
  Effect.flatMap(
    sql`SELECT old_addresses.path, old_addresses.folded, posts.slug, posts.kind, posts.status, posts.visibility,
        posts.published_at AS "publishedAt", posts.deleted_at AS "deletedAt", media.name AS file
      FROM old_addresses
      LEFT JOIN posts ON posts.id = old_addresses.post_id
      LEFT JOIN media ON media.id = old_addresses.media_id
      WHERE ${sql.in("old_addresses.folded", folded)} ORDER BY old_addresses.path`,
    movedFrom
  )

const moved = (row: typeof MovedRow.Type): Moved | undefined => {
  const { deletedAt, file, kind, publishedAt, slug, status, visibility } = row
  if (slug !== null && status !== null && visibility !== null && publishedAt !== null) {
    const post = { status, visibility, publishedAt, ...(deletedAt !== null && { deletedAt }) }
    return { kind: "post", post, path: permalinkPath(slug, kind === "page") }
  }
  const name = file === null ? undefined : parseFileName(file)
  return name === undefined ? undefined : { kind: "media", path: mediaPath(name) }
}

/** Stores addresses of posts, in the transaction that stores the posts; existing ones stay as they are. */
export const keepPostAddresses = (
  sql: SqlClient.SqlClient,
  addresses: ReadonlyArray<{ readonly path: string; readonly postId: number }>
) =>
  Effect.forEach(
    Arr.chunksOf(addresses, rowsAtOnce),
    (some) => {
      const rows = some.map(({ path, postId }) => ({ path, folded: foldedAddress(path), post_id: postId }))
      return sql`INSERT INTO old_addresses ${sql.insert(rows)} ON CONFLICT (path) DO NOTHING`
    },
    { discard: true }
  )

/** Old paths of media files, by the file's id, sorted. */
export const mediaAddresses = (
  pool: SqlPool["Type"]
): Effect.Effect<ReadonlyMap<string, ReadonlyArray<string>>, DatabaseFailure> =>
  Effect.gen(function* () {
    const rows = yield* Effect.flatMap(
      pool.read(
        (sql) =>
          sql`SELECT media_id AS "mediaId", path FROM old_addresses WHERE media_id IS NOT NULL ORDER BY media_id, path`
      ),
      mediaAddressesFrom
    )
    const byFile = Arr.groupBy(rows, ({ mediaId }) => mediaId)
    return new Map(Object.entries(byFile).map(([id, ofFile]) => [id, ofFile.map(({ path }) => path)]))
  })

/** Old addresses in the table `old_addresses`. */
export const layer: Layer.Layer<OldAddresses, never, SqlPool> = Layer.effect(
  OldAddresses,
  Effect.gen(function* () {
    const pool = yield* SqlPool

    const find: OldAddresses["Type"]["find"] = Effect.fn("OldAddresses.find")(function* (path) {
      const rows = yield* pool.read((sql) => found(sql, [foldedAddress(path)]))
      return Option.fromNullable(moved(rows.find((row) => row.path === path) ?? rows[0] ?? nowhere))
    })

    const placesOf: OldAddresses["Type"]["placesOf"] = Effect.fn("OldAddresses.placesOf")(function* (paths) {
      const folded = [...new Set(paths.map(foldedAddress))]
      const rows = yield* Effect.forEach(Arr.chunksOf(folded, rowsAtOnce), (some) =>
        pool.read((sql) => found(sql, some))
      )
      return new Map(
        rows.flat().flatMap((row) => {
          const there = moved(row)
          return there === undefined ? [] : [[row.folded, there.path] as const]
        })
      )
    })

    const keepMedia: OldAddresses["Type"]["keepMedia"] = Effect.fn("OldAddresses.keepMedia")(function* (addresses) {
      const rows = addresses.map(({ mediaId, path }) => ({ path, folded: foldedAddress(path), media_id: mediaId }))
      yield* Effect.forEach(
        Arr.chunksOf(rows, rowsAtOnce),
        (some) => pool.write((sql) => sql`INSERT INTO old_addresses ${sql.insert(some)} ON CONFLICT (path) DO NOTHING`),
        { discard: true }
      )
    })

    return { find, placesOf, keepMedia }
  })
)

const nowhere: typeof MovedRow.Type = {
  path: "",
  folded: "",
  slug: null,
  kind: null,
  status: null,
  visibility: null,
  publishedAt: null,
  deletedAt: null,
  file: null
}
