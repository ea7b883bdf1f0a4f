import { Effect, Layer, Option, Runtime } from "effect"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { DatabaseVersion } from "../../sql/pool/DatabaseVersion.js"
import { type LogIndex, openLogIndex } from "./LogIndex.js"

/** How long the index counts as the database's after it was compared with the file at the path, in milliseconds. */
const trustMillis = 1_000

/** Age from which on it is compared again, in the background. Milliseconds. */
const renewMillis = 500

const make = (path: string) =>
  Effect.gen(function* () {
    // The index exists only while there is a connection.
    yield* SqlPool
    const scope = yield* Effect.scope
    const runFork = Runtime.runFork(yield* Effect.runtime<never>())
    const clock = yield* Effect.clock
    const monotonic = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6

    let index: LogIndex | undefined
    let comparedAt = Number.NEGATIVE_INFINITY
    let isComparing = false

    const compare = Effect.gen(function* () {
      const at = monotonic()
      index = Option.getOrUndefined(yield* Effect.option(openLogIndex(path, index)))
      comparedAt = at
    }).pipe(
      Effect.ensuring(
        Effect.sync(() => {
          isComparing = false
        })
      )
    )

    return {
      current: () => {
        const age = monotonic() - comparedAt
        if (age >= renewMillis && !isComparing) {
          isComparing = true
          runFork(compare, { scope })
        }
        return age < trustMillis ? index?.version() : undefined
      }
    }
  })

/** The version of a database file that the pool has opened. */
export const layerWith = (path: string): Layer.Layer<never, never, SqlPool> => Layer.scoped(DatabaseVersion, make(path))

/** The version of the database in the settings. */
export const layer: Layer.Layer<never, never, SqlPool | Settings> = Layer.unwrapEffect(
  Effect.map(Settings, ({ databasePath }) => layerWith(databasePath))
)
