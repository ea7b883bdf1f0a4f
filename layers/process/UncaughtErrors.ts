import { Effect, Layer, Runtime } from "effect"
import { Logger } from "../../src/services/Logger.js"

/** EX_SOFTWARE of BSD's sysexits.h: an internal error was found. */
const internalError = 70

/**
 * The last words of a process that met an error nobody caught (`uncaughtException`, `unhandledRejection`): one CRITICAL
 * line with the stack, written out before the process ends with exit code 70. Going on would mean going on in a state
 * that nobody knows.
 */
export const layer: Layer.Layer<never, never, Logger> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const logger = yield* Logger
    const log = logger.named("starpunk.process")
    const runtime = yield* Effect.runtime<never>()
    const die = (error: unknown, origin: NodeJS.UncaughtExceptionOrigin) => {
      try {
        Runtime.runSync(runtime)(Effect.zipRight(log.critical("Uncaught error", { error, origin }), logger.flush))
      } finally {
        process.exit(internalError)
      }
    }
    // Node reports unhandled rejections here, too, with their own origin, as long as nobody listens for them.
    yield* Effect.acquireRelease(
      Effect.sync(() => process.on("uncaughtException", die)),
      () => Effect.sync(() => process.off("uncaughtException", die))
    )
  })
)
