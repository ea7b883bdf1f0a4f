import { Layer } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryRandom from "../../layers/memory/SecureRandom.js"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import * as SqlSessions from "../../layers/sql/SessionManager.js"
import { testDatabase } from "../TestDatabase.js"
import { conforms } from "./SessionManager.js"

const base = Layer.mergeAll(MemoryLogger.layerSilent, MemoryRandom.layer, MemorySettings.layerTest())

conforms("in memory", Layer.provide(MemorySessions.layer, base))
conforms("over SQLite in thread", SqlSessions.layer.pipe(Layer.provide(testDatabase("thread")), Layer.provide(base)))
conforms("over SQLite on workers", SqlSessions.layer.pipe(Layer.provide(testDatabase("worker")), Layer.provide(base)))
