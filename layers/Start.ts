import { Effect, Layer, Option } from "effect"
import type { SiteElsewhere } from "../src/errors/Startup.js"
import { annotateJob } from "../src/services/Correlation.js"
import { Instances } from "../src/services/Instances.js"
import { Lifecycle } from "../src/services/Lifecycle.js"
import { Logger } from "../src/services/Logger.js"
import type { MediaStore } from "../src/services/MediaStore.js"
import type { Renderer } from "../src/services/Renderer.js"
import type { SecureRandom } from "../src/services/SecureRandom.js"
import { SiteAddresses } from "../src/services/SiteAddresses.js"
import type { SqlPool } from "../src/services/SqlPool.js"
import { Settings } from "../src/settings/Config.js"
import { Migrations } from "./sql/schema/Migrations.js"
import { type MigrateFailure, migrateWith } from "./sql/schema/Migrator.js"
import type { SearchIndex } from "./sql/search/SearchIndex.js"
import { SearchUpkeep } from "./sql/search/SearchUpkeep.js"
import { isBesideOriginal } from "./sqlite/file/DatabaseName.js"

/**
 * The key under which `scripts/script-loader.mjs` reports whether V8 accepted the compiled code of the build. Without
 * it, a start takes longer.
 */
const codeCache = Symbol.for("starpunk.codeCache")

type AdoptFailure = Effect.Effect.Error<typeof import("./portability/Adoption.js").adopt>

/** Loaded only by sites that need it, which happens once. */
const adoptOriginal = Effect.flatMap(
  Effect.promise(() => import("./portability/Adoption.js")),
  ({ adopt }) => adopt
)

/**
 * The start between listening and serving: applies migrations, lets search choose its engine, imports the notes of
 * StarPunk (Python) if the server starts on its data, and then reports readiness. Until then, readiness and all routes
 * except `/health` answer 503.
 */
export const layer: Layer.Layer<
  never,
  MigrateFailure | AdoptFailure | SiteElsewhere,
  | SiteAddresses
  | SqlPool
  | Migrations
  | SearchIndex
  | SearchUpkeep
  | Renderer
  | MediaStore
  | Lifecycle
  | Logger
  | SecureRandom
  | Settings
> = Layer.effectDiscard(
  Effect.gen(function* () {
    const lifecycle = yield* Lifecycle
    const upkeep = yield* SearchUpkeep
    const { database, databasePath, siteUrl } = yield* Settings
    const log = (yield* Logger).named("starpunk.server")
    yield* migrateWith(yield* Migrations)
    yield* (yield* Instances).join
    yield* (yield* SiteAddresses).record
    yield* upkeep.start
    if (Option.isNone(database.address) && isBesideOriginal(databasePath)) yield* adoptOriginal
    yield* lifecycle.advance("ready")
    yield* log.info("StarPunk is ready", { site: siteUrl, code_cache: Reflect.get(globalThis, codeCache) })
  }).pipe(annotateJob("start"))
)
