import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Effect, Layer, Option, Redacted, Schema } from "effect"
import type { Post } from "../../../src/domain/posts/Post.js"
import { PostUnknown } from "../../../src/errors/Micropub.js"
import { DraftLinks } from "../../../src/services/DraftLinks.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"
import { hashOf } from "./SecretHash.js"

const linksFrom = decodeRows(Schema.Struct({ post: Schema.Int, createdAt: Schema.Int }))

/** Statements that end the link of a post. */
export const linkEnds = (sql: SqlClient.SqlClient, post: number): ReadonlyArray<Statement.Statement<unknown>> => [
  sql`DELETE FROM draft_links WHERE post_id = ${post}`
]

type Publication = Pick<Post, "status" | "publishedAt">

const isOut = ({ publishedAt, status }: Publication, now: number): boolean =>
  status === "published" && publishedAt <= now

/**
 * Returns whether a change makes a published post non-public. Its old link must then end, because people with it could
 * read later drafts.
 */
export const isTakenBack = (before: Publication, after: Publication, now: number): boolean =>
  isOut(before, now) && !isOut(after, now)

/** Links in the table `draft_links`. */
export const layer: Layer.Layer<DraftLinks, never, SqlPool | SecureRandom> = Layer.effect(
  DraftLinks,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom

    const create = Effect.fn("DraftLinks.create")(function* (post: number) {
      const secret = Redacted.make(yield* random.base64url(32))
      const now = yield* Clock.currentTimeMillis
      const made = yield* pool.write(
        (sql) => sql`INSERT INTO draft_links (post_id, secret_hash, created_at)
          SELECT id, ${hashOf(secret)}, ${now} FROM posts
          WHERE id = ${post} AND deleted_at IS NULL AND (status = 'draft' OR published_at > ${now})
          ON CONFLICT (post_id) DO UPDATE SET secret_hash = excluded.secret_hash, created_at = excluded.created_at
          RETURNING post_id`
      )
      return made.length === 0 ? yield* new PostUnknown() : secret
    })

    const of = Effect.fn("DraftLinks.of")(function* (post: number) {
      const rows = yield* pool.read(
        (sql) => sql`SELECT post_id AS post, created_at AS "createdAt" FROM draft_links WHERE post_id = ${post}`
      )
      return Option.fromNullable((yield* linksFrom(rows))[0])
    })

    const find = Effect.fn("DraftLinks.find")(function* (secret: Redacted.Redacted) {
      const rows = yield* pool.read(
        (sql) => sql`SELECT post_id AS post, created_at AS "createdAt" FROM draft_links
          WHERE secret_hash = ${hashOf(secret)}`
      )
      return Option.fromNullable((yield* linksFrom(rows))[0])
    })

    const revoke = Effect.fn("DraftLinks.revoke")((post: number) =>
      Effect.asVoid(pool.write((sql) => Effect.all(linkEnds(sql, post), { discard: true })))
    )

    return { create, of, find, revoke }
  })
)
