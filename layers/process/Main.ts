import { constants } from "node:os"
import { Runtime } from "@effect/platform"
import { Cause, Effect, Exit, Layer, Option } from "effect"
import { errorInfo, failureIn } from "../../src/errors/Catalogue.js"
import { annotateJob } from "../../src/services/Correlation.js"
import { type Fields, Logger } from "../../src/services/Logger.js"
import * as NodeLogger from "../Logger.js"
import { exitCode, exitCodeOf } from "./ExitCode.js"
import * as SecureRandom from "./SecureRandom.js"

/** `npm start` passes on a Ctrl-C that the terminal has sent to us as well: two signals this close are one. */
const sameSignalMillis = 100

const codeOf = (exit: Exit.Exit<unknown, unknown>): number => {
  if (Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause)) return exitCode.fine
  return Option.match(failureIn(exit.cause), {
    onNone: () => (Cause.isFailure(exit.cause) ? exitCode.failed : exitCode.bug),
    onSome: exitCodeOf
  })
}

/** What is known of a failure stands in its own words; where it was raised says nothing more. A bug needs its stack. */
const fieldsOf = (cause: Cause.Cause<unknown>): Fields =>
  Option.match(failureIn(cause), {
    onNone: () => ({ error: cause }),
    onSome: (failure) => {
      const { code, operator, suggestion, troubleshooting } = errorInfo(failure)
      return {
        error_code: code,
        details: operator?.details,
        suggestion: `${operator?.troubleshooting[0] ?? suggestion}; \`starpunk explain ${code}\` says more`,
        troubleshooting: operator?.troubleshooting ?? troubleshooting
      }
    }
  })

/** The last line of a process that cannot go on: what happened, and what whoever runs it can do about it. */
const report = (cause: Cause.Cause<unknown>): Effect.Effect<void, never, Logger> =>
  Effect.gen(function* () {
    if (Cause.isInterruptedOnly(cause)) return
    const log = (yield* Logger).named("starpunk.process")
    yield* log.critical("StarPunk cannot go on", fieldsOf(cause))
  })

/** For what happens before the settings say how to log. */
const provisionalLogger: Layer.Layer<Logger> = Layer.suspend(() =>
  process.stdout.isTTY ? NodeLogger.layerPretty({ level: "INFO" }) : NodeLogger.layerJson({ level: "INFO" })
)

const runMain = Runtime.makeRunMain(({ fiber, teardown }) => {
  const keepAlive = setInterval(() => {}, 2 ** 31 - 1)
  let stoppedAt: number | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppedAt === undefined) {
      stoppedAt = performance.now()
      fiber.unsafeInterruptAsFork(fiber.id())
    } else if (performance.now() - stoppedAt > sameSignalMillis) {
      process.exit(128 + constants.signals[signal])
    }
  }
  process.on("SIGINT", onSignal)
  process.on("SIGTERM", onSignal)
  fiber.addObserver((exit) => {
    clearInterval(keepAlive)
    teardown(exit, (code) => process.exit(code))
  })
})

/**
 * Runs a program until it ends or is told to stop (SIGTERM, SIGINT), and then the process. The first signal interrupts
 * it, so that all its scopes are closed; a second one exits at once, with 128 and the signal's number. Why a program
 * failed is one CRITICAL line of the foundation's logger, or of a provisional one when it is the foundation that failed.
 * `tell` says the same to whoever sits at the terminal. Exit codes: 0 stopped or done, 1 failed, 70 a bug of ours,
 * 78 invalid configuration.
 */
export const run = <R, E1, E2>(
  program: Effect.Effect<unknown, E1, NoInfer<R> | Logger>,
  foundation: Layer.Layer<R | Logger, E2>,
  tell: (cause: Cause.Cause<unknown>) => Effect.Effect<unknown>
): void =>
  Effect.scoped(
    Layer.build(foundation).pipe(
      Effect.tapErrorCause((cause) => Effect.provide(report(cause), provisionalLogger)),
      Effect.flatMap((context) => Effect.provide(Effect.tapErrorCause(program, report), context))
    )
  ).pipe(
    Effect.tapErrorCause((cause) => (Cause.isInterruptedOnly(cause) ? Effect.void : tell(cause))),
    annotateJob("main"),
    Effect.provide(SecureRandom.layer),
    runMain({
      disableErrorReporting: true,
      disablePrettyLogger: true,
      teardown: (exit, end) => end(codeOf(exit))
    })
  )
