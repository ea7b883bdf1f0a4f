import { Effect, Layer } from "effect"
import { Settings } from "../../src/Config.js"
import { annotateJob } from "../../src/services/Correlation.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { Logger } from "../../src/services/Logger.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { type MigrateFailure, migrate } from "./Migrator.js"
import { SearchUpkeep } from "./SearchUpkeep.js"

/**
 * What stands between listening and serving: the schema is brought up to date, search chooses its engine, and only then
 * does the site call itself ready. Until that, readiness and everything but `/health` answer 503.
 */
export const layer: Layer.Layer<
  never,
  MigrateFailure,
  SqlPool | SearchUpkeep | Lifecycle | Logger | SecureRandom | Settings
> = Layer.effectDiscard(
  Effect.gen(function* () {
    const lifecycle = yield* Lifecycle
    const upkeep = yield* SearchUpkeep
    const { siteUrl } = yield* Settings
    const log = (yield* Logger).named("starpunk.server")
    yield* migrate
    yield* upkeep.start
    yield* lifecycle.advance("ready")
    yield* log.info("StarPunk is ready", { site: siteUrl })
  }).pipe(annotateJob("start"))
)
