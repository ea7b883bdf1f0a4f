import type { SqlClient } from "@effect/sql"
import { Effect, Option } from "effect"
import { isReservedPage, otherPages } from "../../../src/domain/posts/PagePath.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import type { Slug } from "../../../src/domain/posts/Slug.js"
import { PagePathTaken } from "../../../src/errors/Page.js"

/** Selects other posts to which a slug belongs or belonged; former slugs are never reused. */
export const othersOf = (sql: SqlClient.SqlClient, slug: Slug, id = 0) =>
  sql`SELECT 1 FROM posts WHERE slug = ${slug} AND id <> ${id}
    UNION ALL SELECT 1 FROM post_slugs WHERE slug = ${slug} AND post_id <> ${id}`

/** Returns whether a slug belongs or belonged to another post. */
export const isTaken =
  (sql: SqlClient.SqlClient, id = 0) =>
  (slug: Slug) =>
    Effect.map(othersOf(sql, slug, id), (rows) => rows.length > 0)

/** The owner of a page's address, if it is not free. */
const holderOf = (sql: SqlClient.SqlClient, slug: Slug, id: number) =>
  Effect.gen(function* () {
    if (isReservedPage(slug)) return "site" as const
    if (yield* isTaken(sql, id)(slug)) return "post" as const
    const claims =
      yield* sql`SELECT 1 FROM old_addresses WHERE folded = ${`/${slug}`} AND post_id IS DISTINCT FROM ${id}`
    return claims.length > 0 ? ("former" as const) : undefined
  })

/**
 * The slug of a page: the requested one if it is free. Fails only if a requested slug is not free; generated slugs get
 * a number instead.
 */
export const pageSlug = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, wished: Slug, isAsked: boolean, id = 0) {
  const by = yield* holderOf(sql, wished, id)
  if (by === undefined) return wished
  const free = yield* Effect.findFirst(otherPages(wished), (other) =>
    Effect.map(holderOf(sql, other, id), (holder) => holder === undefined)
  )
  if (isAsked || Option.isNone(free)) {
    const path = `/${wished}`
    return yield* new PagePathTaken({ path, by, ...(Option.isSome(free) && { free: `/${free.value}` }) })
  }
  return free.value
})

/** Stores the former slug of a post, and removes a former slug that it takes again. */
export const moveSlug = (sql: SqlClient.SqlClient, before: Post, after: Post) =>
  before.slug === after.slug
    ? Effect.void
    : Effect.zipRight(
        sql`DELETE FROM post_slugs WHERE slug = ${after.slug}`,
        sql`INSERT INTO post_slugs ${sql.insert({ slug: before.slug, post_id: before.id, replaced_at: after.updatedAt })}`
      )
