import { Layer } from "effect"
import * as MemoryActivity from "../../../layers/memory/Activity.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemoryRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlActivity from "../../../layers/sql/stores/Activity.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { conforms } from "./Activity.js"

const base = Layer.mergeAll(MemoryLogger.layerSilent, MemoryRandom.layer)
const over = SqlActivity.layer.pipe(Layer.provide(TestDatabase.database()), Layer.provide(base))

conforms("in memory", MemoryActivity.layer)
conforms("over SQLite in thread", over)
