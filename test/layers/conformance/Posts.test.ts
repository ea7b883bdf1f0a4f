import { Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqliteSearchIndex from "../../../layers/sqlite/search/SearchIndex.js"
import * as SearchSwitch from "../../../layers/sqlite/search/SearchSwitch.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"
import { conforms } from "./Posts.js"

const searchIndex = SqliteSearchIndex.layer.pipe(
  Layer.provide(SearchSwitch.layer),
  Layer.provide(Layer.succeed(Settings, settings))
)

const sql = SqlPosts.layer.pipe(
  Layer.provide(Layer.merge(TestDatabase.database(), searchIndex)),
  Layer.provide(Layer.merge(MemoryLogger.layerSilent, Layer.succeed(Settings, settings)))
)

conforms("in SQL, in thread", sql)
