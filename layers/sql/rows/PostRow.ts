import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Schema } from "effect"
import { CitedPage } from "../../../src/domain/posts/CitedPage.js"
import type { ListedPost } from "../../../src/domain/posts/ListedPost.js"
import { Properties } from "../../../src/domain/posts/Microformats.js"
import { type BarePost, type Post, PostStatus, Visibility } from "../../../src/domain/posts/Post.js"
import { rendererVersion } from "../../../src/domain/posts/Rendering.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { rememberingKnown } from "./KnownRows.js"
import { decodeRows } from "./Rows.js"

/** A stored post; its rendering is undefined if none, or only an outdated one, is stored. */
export type Stored<P extends Post | ListedPost> = Omit<P, "rendering"> & {
  readonly rendering: P["rendering"] | undefined
}

const facts = {
  id: Schema.Int,
  slug: Slug,
  type: Schema.String,
  properties: Schema.parseJson(Properties),
  status: PostStatus,
  visibility: Visibility,
  publishedAt: Schema.Int,
  publishedOffset: Schema.NullOr(Schema.Int),
  createdAt: Schema.Int,
  updatedAt: Schema.Int,
  deletedAt: Schema.NullOr(Schema.Int),
  postedBy: Schema.NullOr(Schema.String),
  feedId: Schema.String
}

const BareRow = Schema.Struct(facts)

const PostRow = Schema.Struct({
  ...facts,
  citedPages: Schema.NullOr(Schema.parseJson(Schema.Array(CitedPage))),
  state: Schema.NullOr(Schema.Literal("rendered", "too_slow")),
  opening: Schema.NullOr(Schema.String),
  html: Schema.NullOr(Schema.String),
  text: Schema.NullOr(Schema.String)
})

const ListedRow = Schema.Struct({ ...PostRow.omit("text").fields, octets: Schema.NullOr(Schema.Int) })

interface Absences {
  readonly citedPages?: ReadonlyArray<CitedPage> | null
  readonly deletedAt: number | null
  readonly postedBy: string | null
  readonly publishedOffset: number | null
}

const toFacts = <Row extends Absences>({ citedPages, deletedAt, postedBy, publishedOffset, ...row }: Row) => ({
  ...row,
  ...(citedPages === null || citedPages === undefined || citedPages.length === 0 ? {} : { citedPages }),
  ...(publishedOffset === null ? {} : { publishedOffset }),
  ...(deletedAt === null ? {} : { deletedAt }),
  ...(postedBy === null ? {} : { postedBy })
})

const toPost = ({ html, opening, state, text, ...row }: typeof PostRow.Type): Stored<Post> => ({
  ...toFacts(row),
  rendering:
    state === null || opening === null || html === null || text === null ? undefined : { state, html, text, opening }
})

const toListed = ({ html, octets, opening, state, ...row }: typeof ListedRow.Type): Stored<ListedPost> => ({
  ...toFacts(row),
  rendering:
    state === null || opening === null || octets === null
      ? undefined
      : { state, opening, octets, ...(html !== null && { html }) }
})

/** The table `posts` joined with renderings by the current renderer. */
export const postTables = (sql: SqlClient.SqlClient): Statement.Fragment => sql`posts ${besideRendering(sql)}`

/** Joins renderings and cited pages to a table named `posts`. */
export const besideRendering = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(
    `LEFT JOIN post_renderings ON post_renderings.post_id = posts.id AND post_renderings.version = ${rendererVersion}
      LEFT JOIN cited_pages ON cited_pages.post_id = posts.id`
  )

const bareColumns = `posts.id, posts.slug, posts.type, posts.status, posts.visibility,
  posts.published_at AS "publishedAt", posts.published_offset AS "publishedOffset",
  posts.created_at AS "createdAt", posts.updated_at AS "updatedAt", posts.deleted_at AS "deletedAt",
  posts.posted_by AS "postedBy", posts.feed_id AS "feedId"`

/** Columns of a `BarePost`, from a table named `posts`. */
export const movedColumns = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`${bareColumns}, posts.properties`)

const openedColumns = `${bareColumns}, post_renderings.state, post_renderings.opening,
  cited_pages.pages AS "citedPages"`

/** Columns of a `Post`, from `postTables`. */
export const postColumns = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`${openedColumns}, posts.properties, post_renderings.html, post_renderings.text`)

/** Lengths of texts that snippets are made of, in characters: mostly the beginning is enough. */
export const foundLengths = { beginning: 6_000, longest: 50_000 } as const

/** Columns of a `Post` for search results: without HTML, and with only the beginning of its text. */
export const foundColumns = (sql: SqlClient.SqlClient, length: number): Statement.Fragment =>
  sql.literal(
    `${openedColumns}, coalesce(post_renderings.listed, posts.properties) AS properties,
      CASE WHEN post_renderings.post_id IS NOT NULL THEN '' END AS html,
      substr(post_renderings.text, 1, ${length}) AS text`
  )

/** Characters of a text with which a summary is compared: four times the summary's own (`saysMore`). */
const comparedLength = 20_000

/**
 * Columns of a `Post` for feeds, which show its HTML: without the source of its content, and with only the beginning of
 * its text. The three are equally long, and each is copied from the database's thread to the main thread.
 */
export const fedColumns = (sql: SqlClient.SqlClient): Statement.Fragment => {
  const properties = sql.onDialectOrElse({
    // There the other members would change their order.
    pg: () => "posts.properties",
    orElse: () => `CASE WHEN post_renderings.post_id IS NOT NULL AND json_valid(posts.properties)
      THEN json_remove(posts.properties, '$.content') ELSE posts.properties END AS properties`
  })
  return sql.literal(
    `${openedColumns}, ${properties}, post_renderings.html, substr(post_renderings.text, 1, ${comparedLength}) AS text`
  )
}

/** Size of a post: the larger of its properties and its HTML in bytes, without reading either. */
export const sizeColumn = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`CASE WHEN octet_length(posts.properties) > coalesce(octet_length(post_renderings.html), 0)
    THEN octet_length(posts.properties) ELSE octet_length(post_renderings.html) END AS size`)

/** Columns of a `ListedPost`, from `postTables`. */
export const listedColumns = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(
    `${openedColumns}, coalesce(post_renderings.listed, posts.properties) AS properties,
      CASE WHEN post_renderings.is_listed_whole = 1 THEN post_renderings.html END AS html,
      octet_length(post_renderings.text) AS octets`
  )

const decodeBare = decodeRows(BareRow)
const decodePosts = decodeRows(PostRow)
const decodeListed = decodeRows(ListedRow)

/** Decodes rows of `movedColumns`. */
export const movedFrom = (rows: ReadonlyArray<unknown>) =>
  Effect.map(decodeBare(rows), (posts) => posts.map((row): BarePost => toFacts(row)))

/** Decodes rows of `postColumns`. */
export const postsFrom = (rows: ReadonlyArray<unknown>) => Effect.map(decodePosts(rows), (posts) => posts.map(toPost))

/** Decodes rows of `listedColumns`. An unchanged row gives the same object as before. */
export const listedFrom = rememberingKnown((rows) => Effect.map(decodeListed(rows), (posts) => posts.map(toListed)))
