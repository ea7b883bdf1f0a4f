import { Context, Effect, Layer } from "effect"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as MemoryBearerTokens from "../../../layers/memory/BearerTokens.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqliteSearch from "../../../layers/sqlite/search/SearchEngine.js"
import { SearchUpkeep } from "../../../layers/sqlite/search/SearchUpkeep.js"
import { Settings } from "../../../src/settings/Config.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Media from "../../../src/web/media/Routes.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as Search from "../../../src/web/search/Routes.js"
import { testDatabase } from "../../TestDatabase.js"
import { directory, MediaDirectory } from "./MediaSite.js"
import { settings, testServer } from "./TestServer.js"

/** All that a client talks to and a reader sees, on a real server over real files, a real database and its search. */
export const clientSite = Layer.unwrapScoped(
  Effect.map(Layer.build(directory), (built) => {
    const own = { ...settings, dataPath: Context.get(built, MediaDirectory) }
    const ground = Layer.mergeAll(Layer.succeed(Settings, own), SecureRandom.layer, MemoryLogger.layerSilent)
    const search = Layer.effectDiscard(Effect.flatMap(SearchUpkeep, ({ start }) => start)).pipe(
      Layer.provideMerge(SqliteSearch.layer)
    )
    const services = Layer.mergeAll(SqlPosts.layer, SqlAccessTokens.layer, MediaFiles.layer).pipe(
      Layer.provideMerge(search),
      Layer.provideMerge(testDatabase("thread", { acquireTimeout: "30 seconds" })),
      Layer.provide(ground)
    )
    const routes = Layer.mergeAll(Media.routes, Micropub.routes, Blog.routes, Feeds.routes, Search.routes)
    return testServer(serve(routes), { settings: own }).pipe(
      Layer.provide(MemoryBearerTokens.layer),
      Layer.provideMerge(services)
    )
  })
)
