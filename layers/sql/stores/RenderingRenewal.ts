import type { SqlClient } from "@effect/sql"
import { Array as Arr, Effect, Layer, Option, Schema } from "effect"
import { type QuoteConvention, quoteConvention } from "../../../src/domain/markdown/Quotes.js"
import { Properties } from "../../../src/domain/posts/Microformats.js"
import { rendererVersion } from "../../../src/domain/posts/Rendering.js"
import { PostRenderings } from "../../../src/services/PostRenderings.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { chosenSite } from "../../../src/settings/ChosenSite.js"
import { Settings } from "../../../src/settings/Config.js"
import { giveWay } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { putWhere } from "./PostRenderings.js"

/** Posts per batch: some milliseconds on the writer. */
const batch = 20

const idsFrom = decodeRows(Schema.Struct({ id: Schema.Int }))
const sourcesFrom = decodeRows(Schema.Struct({ id: Schema.Int, type: Schema.String, source: Schema.String }))
const decodeProperties = Schema.decodeUnknownOption(Schema.parseJson(Properties))

/** Posts without a rendering of this version whose quotes are in the convention of the site's language. */
const missing = (quotes: QuoteConvention) => (sql: SqlClient.SqlClient) =>
  Effect.flatMap(
    sql`SELECT id FROM posts EXCEPT SELECT post_id FROM post_renderings
      WHERE version = ${rendererVersion} AND quotes IN ('', ${quotes})`,
    idsFrom
  )

const sourcesOf = (sql: SqlClient.SqlClient, ids: ReadonlyArray<number>) =>
  Effect.flatMap(sql`SELECT id, type, properties AS source FROM posts WHERE ${sql.in("id", ids)}`, sourcesFrom)

/** Renders posts whose rendering is missing in the table `post_renderings`, or has the quotes of another language. */
export const layer: Layer.Layer<PostRenderings, never, SqlPool | Renderer | Settings | SiteSettings> = Layer.effect(
  PostRenderings,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const renderer = yield* Renderer
    const settings = yield* Settings
    const site = yield* SiteSettings

    const renewBatch = Effect.fnUntraced(function* (ids: ReadonlyArray<number>) {
      const rows = yield* pool.read((sql) => sourcesOf(sql, ids))
      const posts = rows.map((row) => ({
        ...row,
        properties: Option.getOrElse(decodeProperties(row.source), (): Properties => ({}))
      }))
      const made = Arr.zip(posts, yield* renderer.renderAll(posts)).filter(
        ([, { rendering }]) => rendering.state !== "pending"
      )
      if (made.length === 0) return 0
      yield* pool.writeAlone((sql) =>
        Effect.zipRight(
          Effect.forEach(made, ([post, { quotes, rendering }]) => putWhere(sql, { ...post, quotes, rendering }), {
            discard: true
          }),
          // The listed form of posts may have changed.
          sql`UPDATE post_changes SET count = count + 1`
        )
      )
      return made.length
    })

    const renew = Effect.gen(function* () {
      const { language } = chosenSite(settings, (yield* site.current).values)
      const ids = (yield* pool.read(missing(quoteConvention(language.text))))
        .map(({ id }) => id)
        .toSorted((a, b) => b - a)
      let total = 0
      for (const some of Arr.chunksOf(ids, batch)) {
        total += yield* renewBatch(some)
        yield* giveWay
      }
      return total
    }).pipe(Effect.withSpan("PostRenderings.renew"))

    return { renew }
  })
)
