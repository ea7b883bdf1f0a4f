import { mkdir, rename } from "node:fs/promises"
import { dirname } from "node:path"
import { Clock, Effect } from "effect"
import { formatInstant } from "../../src/domain/Instant.js"
import { DatabasePresent } from "../../src/errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import type { RestoreNotDone } from "../../src/errors/Restore.js"
import type { Logger } from "../../src/services/Logger.js"
import { Settings } from "../../src/settings/Config.js"
import type { MigrateFailure } from "../sql/schema/Migrator.js"
import * as SqlPool from "../sqlite/pool/SqlPool.js"
import { migrate } from "../sqlite/schema/Migrator.js"
import { exists, logTails } from "./CarryOut.js"
import { finishRestore, notDone } from "./FinishRestore.js"
import { lookAt } from "./Traces.js"

/** Result of making a new site. */
export interface NewSite {
  readonly database: string
  readonly setAside: ReadonlyArray<string>
}

/**
 * Makes an empty site in place of a lost database, which the server refuses if there are traces of another site. Sets
 * logs of the lost database aside; everything else stays.
 */
export const make: Effect.Effect<
  NewSite,
  DatabasePresent | RestoreNotDone | DatabaseOpenFailed | MigrateFailure,
  Settings | Logger
> = Effect.gen(function* () {
  const settings = yield* Settings
  const { databasePath, dataPath } = settings
  const step = <A>(work: () => Promise<A>) =>
    Effect.tryPromise({ try: work, catch: (error) => notDone(settings, "unchanged", error) })
  yield* step(() => mkdir(dataPath, { recursive: true, mode: 0o700 }))
  yield* step(() => mkdir(dirname(databasePath), { recursive: true, mode: 0o700 }))
  yield* finishRestore(settings)
  if ((yield* lookAt(databasePath)) === "filled") return yield* new DatabasePresent({ path: databasePath })
  const time = formatInstant(yield* Clock.currentTimeMillis).replaceAll(/[-:]|\.\d+/g, "")
  const setAside = yield* step(async () => {
    const aside: Array<string> = []
    for (const tail of logTails) {
      if (!(await exists(`${databasePath}${tail}`))) continue
      await rename(`${databasePath}${tail}`, `${databasePath}.before-new-${time}${tail}`)
      aside.push(`${databasePath}.before-new-${time}${tail}`)
    }
    return aside
  })
  yield* Effect.provide(migrate, SqlPool.layerInThread)
  return { database: databasePath, setAside }
})
