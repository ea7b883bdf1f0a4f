import { Duration, Effect, Layer, Option } from "effect"
import { BackupDirectory } from "../../src/services/BackupDirectory.js"
import { HealthChecker } from "../../src/services/HealthChecker.js"
import type { Lifecycle } from "../../src/services/Lifecycle.js"
import type { Logger } from "../../src/services/Logger.js"
import type { SearchEngine } from "../../src/services/SearchEngine.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings } from "../../src/settings/Config.js"
import { version } from "../../src/version.js"
import { backup } from "./BackupCheck.js"
import { database, pool, writer } from "./DatabaseChecks.js"
import { filesystem } from "./DataDirectoryCheck.js"
import { eventLoop } from "./EventLoopCheck.js"
import * as HealthMonitor from "./HealthMonitor.js"
import { instances } from "./InstancesCheck.js"
import { media } from "./MediaStoreCheck.js"
import { memory } from "./MemoryCheck.js"
import { search } from "./SearchCheck.js"

/** Health checks of this process and of everything it depends on. */
export const layer: Layer.Layer<
  HealthChecker,
  never,
  BackupDirectory | Settings | SqlPool | SearchEngine | Lifecycle | Logger | SecureRandom
> = Layer.scoped(
  HealthChecker,
  Effect.gen(function* () {
    const settings = yield* Settings
    const { dataPath, health } = settings
    const engine = Option.isSome(settings.database.address) ? "postgresql" : "sqlite"
    const backups = Option.toArray(yield* BackupDirectory)
    return yield* HealthMonitor.make({
      version,
      uptime: Duration.seconds(process.uptime()),
      process: [yield* eventLoop],
      components: [
        yield* database(engine),
        yield* search,
        filesystem(dataPath),
        yield* media(settings),
        memory(health.memoryThresholdMb),
        yield* writer,
        yield* pool,
        ...Option.toArray(yield* instances),
        ...(yield* Effect.forEach(backups, (directory) => backup(directory, settings.backup.interval)))
      ]
    })
  })
)
