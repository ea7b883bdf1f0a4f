import { Effect, Layer } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryPosts from "../../layers/memory/Posts.js"
import * as SqlPosts from "../../layers/sql/Posts.js"
import { SearchIndex } from "../../layers/sql/SearchIndex.js"
import { testDatabase } from "../TestDatabase.js"
import { conforms } from "./Posts.js"

const withoutSearch = Layer.succeed(SearchIndex, { update: () => Effect.void })

const sql = (kind: "thread" | "worker") =>
  SqlPosts.layer.pipe(
    Layer.provide(Layer.merge(testDatabase(kind), withoutSearch)),
    Layer.provide(MemoryLogger.layerSilent)
  )

conforms("in memory", MemoryPosts.layer)
conforms("in SQL, in thread", sql("thread"))
conforms("in SQL, on worker threads", sql("worker"))
