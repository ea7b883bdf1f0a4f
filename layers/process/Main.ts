import { constants } from "node:os"
import { Runtime } from "@effect/platform"
import { Cause, Effect, Exit, Layer, Option, RuntimeFlags, RuntimeFlagsPatch } from "effect"
import { failureIn } from "../../src/errors/Catalogue.js"
import { annotateJob } from "../../src/services/Correlation.js"
import { type Fields, Logger } from "../../src/services/Logger.js"
import * as NodeLogger from "../Logger.js"
import { exitCode, exitCodeOf } from "./ExitCode.js"
import * as SecureRandom from "./SecureRandom.js"
import { TurnScheduler } from "./TurnScheduler.js"

/**
 * `npm start` forwards a Ctrl-C that the terminal has also sent to this process; two signals within this time count as
 * one.
 */
const sameSignalMillis = 100

const codeOf = (exit: Exit.Exit<unknown, unknown>): number => {
  if (Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause)) return exitCode.fine
  return Option.match(failureIn(exit.cause), {
    onNone: () => (Cause.isFailure(exit.cause) ? exitCode.failed : exitCode.bug),
    onSome: exitCodeOf
  })
}

/** Log fields of a cause. A known failure has its own texts and needs no stack; a bug does. */
const fieldsOf = (cause: Cause.Cause<unknown>): Fields =>
  Option.match(failureIn(cause), {
    onNone: () => ({ error: cause }),
    onSome: (failure) => {
      const { code, operator, suggestion, troubleshooting } = failure.info
      return {
        error_code: code,
        details: operator?.details,
        suggestion: `${operator?.troubleshooting[0] ?? suggestion}; see \`starpunk explain ${code}\``,
        troubleshooting: operator?.troubleshooting ?? troubleshooting
      }
    }
  })

/** Logs why the process ends, with advice for the operator. */
const report = (cause: Cause.Cause<unknown>): Effect.Effect<void, never, Logger> =>
  Effect.gen(function* () {
    if (Cause.isInterruptedOnly(cause)) return
    const log = (yield* Logger).named("starpunk.process")
    yield* log.critical("StarPunk stops because of an error", fieldsOf(cause))
  })

/** The logger before the settings are known. */
const provisionalLogger: Layer.Layer<Logger> = Layer.suspend(() =>
  process.stdout.isTTY ? NodeLogger.layerPretty({ level: "INFO" }) : NodeLogger.layerJson({ level: "INFO" })
)

/** Nobody reads Effect's own counters of fibers, and each fiber would update five of them. */
const withoutFiberCounts = RuntimeFlagsPatch.disable(RuntimeFlags.RuntimeMetrics)

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
 * Runs a program until it ends or is stopped (SIGTERM, SIGINT), then ends the process. The first signal interrupts the
 * program, so that all scopes close; a second one exits at once, with 128 plus the signal's number. A failure is logged
 * as one CRITICAL line, by the foundation's logger, or by a provisional one if the foundation failed. `tell` prints it
 * for a person at the terminal. Exit codes: 0 stopped or done, 1 failed, 70 a bug, 78 invalid configuration.
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
    Effect.withScheduler(new TurnScheduler()),
    Effect.withRuntimeFlagsPatch(withoutFiberCounts),
    runMain({
      disableErrorReporting: true,
      disablePrettyLogger: true,
      teardown: (exit, end) => end(codeOf(exit))
    })
  )
