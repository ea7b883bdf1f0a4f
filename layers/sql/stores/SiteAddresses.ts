import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Layer, Schema } from "effect"
import { isLoopbackHost } from "../../../src/domain/indieauth/Loopback.js"
import { parseMediaPath } from "../../../src/domain/media/Media.js"
import { hostsOf, type OwnHosts, withMediaWithoutHost, withoutHost } from "../../../src/domain/posts/OwnAddress.js"
import { SiteAddresses } from "../../../src/services/SiteAddresses.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { giveWay } from "../rows/Batches.js"
import { movedColumns, movedFrom } from "../rows/PostRow.js"
import { decodeRows } from "../rows/Rows.js"

/** Posts that are read at once: some milliseconds on a reader. */
const batch = 250

const originsFrom = decodeRows(Schema.Struct({ origin: Schema.String, isConverted: Schema.Int }))
const mediaFrom = decodeRows(Schema.Struct({ id: Schema.String }))

/** Selects the recorded addresses of the site, for `hostsFrom`. */
export const selectAddresses = (sql: SqlClient.SqlClient) =>
  sql`SELECT origin, converted_at IS NOT NULL AS "isConverted" FROM site_addresses ORDER BY position`

const recorded = (sql: SqlClient.SqlClient) => Effect.flatMap(selectAddresses(sql), originsFrom)

/** Decodes the hosts in rows of `selectAddresses`. */
export const hostsFrom = (rows: ReadonlyArray<unknown>) =>
  Effect.map(originsFrom(rows), (found) => hostsOf(found.map(({ origin }) => origin)))

/** The recorded hosts of the site, read in the transaction that writes posts. */
export const recordedHosts = (sql: SqlClient.SqlClient) => Effect.flatMap(selectAddresses(sql), hostsFrom)

const isReachable = (origin: string): boolean => URL.canParse(origin) && !isLoopbackHost(new URL(origin).hostname)

/**
 * Addresses in the order in which they are recorded. Before a move that is part of an upgrade, feeds had ids under the
 * latest former address.
 */
const configured = ({ formerUrls, siteUrl }: Pick<SettingsValues, "formerUrls" | "siteUrl">): ReadonlyArray<string> => [
  ...formerUrls,
  siteUrl
]

/** The first publicly reachable address of the site, if there is one. Feed ids of older posts begin with it. */
export const firstReachable = (sql: SqlClient.SqlClient) =>
  Effect.map(recorded(sql), (rows) => rows.map(({ origin }) => origin).find(isReachable))

/** Ids of this site's files in texts, by the 128 random bits in their names. */
const knownMedia = (sql: SqlClient.SqlClient, texts: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const ids = new Set(
      texts.flatMap((text) =>
        text.includes("/media/") ? [...text.matchAll(/\/media\/([0-9a-f]{32})[-.]/g)].map(([, id]) => id ?? "") : []
      )
    )
    if (ids.size === 0) return ids
    const rows = yield* mediaFrom(yield* sql`SELECT id FROM media WHERE ${sql.in("id", [...ids])}`)
    return new Set(rows.map(({ id }) => id))
  })

/** Properties as they are stored: addresses of this site become paths, and so do addresses of its files on any host. */
export const storedProperties =
  (sql: SqlClient.SqlClient, own: OwnHosts) =>
  <A extends { readonly properties: Parameters<typeof withoutHost>[0] }>(posts: ReadonlyArray<A>) =>
    Effect.map(
      knownMedia(
        sql,
        posts.map(({ properties }) => JSON.stringify(properties))
      ),
      (media) => {
        const isOurs = (path: string) => media.has(parseMediaPath(path)?.id ?? "")
        return posts.map((post) => {
          const without = withoutHost(post.properties, own)
          return { ...post, properties: media.size === 0 ? without : withMediaWithoutHost(without, isOurs) }
        })
      }
    )

/** Addresses in the table `site_addresses`. */
export const layer: Layer.Layer<SiteAddresses, never, SqlPool | Settings> = Layer.effect(
  SiteAddresses,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const settings = yield* Settings
    const known = configured(settings)

    const history = Effect.map(pool.read(recorded), (rows) => {
      const all = [...new Set([...rows.map(({ origin }) => origin), ...known])]
      return { all, current: settings.siteUrl, first: all.find(isReachable) ?? settings.siteUrl, hosts: hostsOf(all) }
    }).pipe(Effect.withSpan("SiteAddresses.history"))

    const record = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const isNew = yield* pool.read((sql) =>
        Effect.map(recorded(sql), (rows) => {
          const origins = new Set(rows.map(({ origin }) => origin))
          return known.some((origin) => !origins.has(origin))
        })
      )
      if (isNew) {
        yield* pool.write((sql) =>
          Effect.forEach(
            known,
            (origin) => sql`INSERT INTO site_addresses ${sql.insert({ origin, first_used_at: now })}
              ON CONFLICT (origin) DO NOTHING`,
            { discard: true }
          )
        )
      }
    }).pipe(Effect.withSpan("SiteAddresses.record"))

    /** Reads a batch of posts after `id` and returns those whose stored properties have to change. */
    const look = (own: OwnHosts, id: number) =>
      pool.read((sql) =>
        Effect.gen(function* () {
          const posts = yield* movedFrom(
            yield* sql`SELECT ${movedColumns(sql)} FROM posts WHERE id > ${id} ORDER BY id LIMIT ${batch}`
          )
          const converted = yield* storedProperties(sql, own)(posts)
          return posts.flatMap((post, place) => {
            const before = JSON.stringify(post.properties)
            const after = JSON.stringify(converted[place]?.properties)
            return [{ id: post.id, before, after }]
          })
        })
      )

    const convertPosts = Effect.gen(function* () {
      const rows = yield* pool.read(recorded)
      if (rows.every(({ isConverted }) => isConverted === 1)) return 0
      const own = hostsOf(rows.map(({ origin }) => origin))
      let last = 0
      let total = 0
      while (true) {
        const looked = yield* look(own, last)
        const changes = looked.filter(({ after, before }) => after !== before)
        if (changes.length > 0) {
          yield* pool.write((sql) =>
            Effect.gen(function* () {
              for (const { after, before, id } of changes) {
                // If the post was changed meanwhile, it was already stored without a host.
                yield* sql`UPDATE posts SET properties = ${after} WHERE id = ${id} AND properties = ${before}`
              }
              // They are rendered again when they are next shown, or by the background job.
              const ids = changes.map(({ id }) => id)
              yield* sql`DELETE FROM post_renderings WHERE ${sql.in("post_id", ids)}`
              yield* sql`UPDATE post_changes SET count = count + 1`
            })
          )
          yield* giveWay
        }
        total += changes.length
        last = looked.at(-1)?.id ?? last
        if (looked.length < batch) break
      }
      const now = yield* Clock.currentTimeMillis
      yield* pool.write(
        (sql) =>
          sql`UPDATE site_addresses SET converted_at = ${now} WHERE ${sql.in(
            "origin",
            rows.map(({ origin }) => origin)
          )}`
      )
      return total
    }).pipe(Effect.withSpan("SiteAddresses.convertPosts"))

    return { history, record, convertPosts }
  })
)
