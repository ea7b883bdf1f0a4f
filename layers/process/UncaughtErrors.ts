import { Effect, Layer, Runtime } from "effect"
import { Logger } from "../../src/services/Logger.js"

/** EX_SOFTWARE of BSD's sysexits.h: an internal error was found. */
const internalError = 70

/**
 * Handles an error that nothing caught (`uncaughtException`, `unhandledRejection`): logs one CRITICAL line with the
 * stack, flushes the log, and ends the process with exit code 70, because its state is unknown.
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
    // Node also reports unhandled rejections here, with their own origin, unless there is a listener for them.
    yield* Effect.acquireRelease(
      Effect.sync(() => process.on("uncaughtException", die)),
      () => Effect.sync(() => process.off("uncaughtException", die))
    )
  })
)
