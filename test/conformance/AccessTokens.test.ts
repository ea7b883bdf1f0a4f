import { Layer } from "effect"
import * as MemoryAccessTokens from "../../layers/memory/AccessTokens.js"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import * as SqlAccessTokens from "../../layers/sql/AccessTokens.js"
import { testDatabase } from "../TestDatabase.js"
import { conforms } from "./AccessTokens.js"

const sql = (kind: "thread" | "worker") =>
  SqlAccessTokens.layer.pipe(
    Layer.provide(testDatabase(kind)),
    Layer.provide(Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent))
  )

conforms("in memory", MemoryAccessTokens.layer.pipe(Layer.provide(MemorySecureRandom.layer)))
conforms("in SQL, in thread", sql("thread"))
conforms("in SQL, on worker threads", sql("worker"))
