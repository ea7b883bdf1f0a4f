import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemoryRenderer from "../../../layers/memory/Renderer.js"
import { SearchIndex } from "../../../layers/sql/search/SearchIndex.js"
import * as SqlitePool from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import * as SqliteSearch from "../../../layers/sqlite/search/SearchEngine.js"
import { SearchUpkeep } from "../../../layers/sqlite/search/SearchUpkeep.js"
import { type Post, tagsOf } from "../../../src/domain/posts/Post.js"
import { documentOf } from "../../../src/domain/search/SearchDocument.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { eventually } from "../../Eventually.js"
import { settings } from "../../web/http/TestServer.js"

/** A directory of its own for as long as the scope lives. */
export const temporaryDirectory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-search-"))),
  (directory) => Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
)

/** One life of a server on a database. */
export interface Started {
  readonly database: string
  readonly engine?: SettingsValues["search"]["engine"]
  /** A better-sqlite3 addon to use instead of the installed one. */
  readonly binding?: string
  readonly enabled?: boolean
  /** Connections in this thread, or each in a worker of its own as on a server. */
  readonly pool?: "thread" | "worker"
  /** False leaves the upkeep waiting, as it is before the schema is there. */
  readonly begin?: boolean
}

/** Search over a database as the server starts it: migrated, the upkeep begun. The logs are captured. */
export const started = (life: Started) => {
  const { begin = true, binding, database, enabled = true, engine = "auto", pool = "thread" } = life
  const layerPool = pool === "thread" ? SqlitePool.layerThread : SqlitePool.layerWorker
  const beginning = begin ? Effect.flatMap(SearchUpkeep, ({ start }) => start) : Effect.void
  return Layer.effectDiscard(Effect.zipRight(migrate, beginning)).pipe(
    Layer.provideMerge(SqliteSearch.layer),
    Layer.provideMerge(MemoryRenderer.layer),
    Layer.provideMerge(layerPool({ path: database, ...(binding === undefined ? {} : { sqliteBinding: binding }) })),
    Layer.provideMerge(
      Layer.merge(Layer.succeed(Settings, { ...settings, search: { enabled, engine } }), MemoryLogger.layerCapture)
    )
  )
}

/** Stores posts with everything that a post has, as `Posts` does. */
export const store = (posts: ReadonlyArray<Post>) =>
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const index = yield* SearchIndex
    yield* pool.write((sql) =>
      Effect.forEach(posts, (post) =>
        Effect.gen(function* () {
          yield* sql`INSERT INTO posts ${sql.insert({
            id: post.id,
            slug: post.slug,
            type: post.type,
            properties: JSON.stringify(post.properties),
            status: post.status,
            visibility: post.visibility,
            published_at: post.publishedAt,
            created_at: post.createdAt,
            updated_at: post.updatedAt,
            deleted_at: post.deletedAt ?? null
          })} ON CONFLICT (id) DO UPDATE SET properties = excluded.properties, deleted_at = excluded.deleted_at`
          for (const [position, tag] of tagsOf(post).entries()) {
            yield* sql`INSERT OR IGNORE INTO post_tags ${sql.insert({ post_id: post.id, ...tag, position, published_at: post.publishedAt })}`
          }
          yield* index.update(sql, post.id, post.deletedAt === undefined ? documentOf(post) : undefined)
        })
      )
    )
  })

/** Waits until the engine has found its state. */
export const settled = Effect.flatMap(SearchEngine, (engine) =>
  eventually(engine.status, ({ reason }) => reason === undefined || reason === "forced" || reason === "fts5_missing")
)

/** An engine over these posts in a database of its own. */
export const over = (engine: SettingsValues["search"]["engine"]) => (posts: ReadonlyArray<Post>) =>
  Layer.unwrapScoped(
    Effect.map(temporaryDirectory, (directory) =>
      Layer.effectDiscard(Effect.zipRight(store(posts), settled)).pipe(
        Layer.provideMerge(started({ database: join(directory, "starpunk.db"), engine }))
      )
    )
  )
