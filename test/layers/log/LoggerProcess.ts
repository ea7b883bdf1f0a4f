/**
 * A process that does nothing but log: `node LoggerProcess.mjs MODE [LINES]`. It waits for a byte on standard input where
 * the parent has to do something in between, and tells on standard error what its logger counted.
 */
import { once } from "node:events"
import { Effect, Layer } from "effect"
import * as NodeLogger from "../../../layers/Logger.js"
import * as UncaughtErrors from "../../../layers/process/UncaughtErrors.js"
import { Logger } from "../../../src/services/Logger.js"

const [, , mode, lines = "1"] = process.argv

const signal = Effect.promise(() => once(process.stdin, "data"))

const program = Effect.gen(function* () {
  const logger = yield* Logger
  const log = logger.named("starpunk.test")
  const text = "x".repeat(200)
  const tell = Effect.flatMap(logger.stats, (stats) =>
    Effect.sync(() => {
      process.stderr.write(`${JSON.stringify(stats)}\n`)
    })
  )
  const burst = Effect.forEach(Array.from({ length: Number(lines) }), (_, line) => log.info("Line", { line, text }), {
    discard: true
  })
  switch (mode) {
    case "lines":
      yield* burst
      break
    case "sink":
      yield* signal
      yield* burst
      yield* log.error("Still here")
      process.stdout.write("by another way\n")
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      yield* tell
      break
    case "unread":
      yield* burst
      yield* tell
      yield* signal
      yield* log.info("Afterwards")
      break
    case "exit":
      yield* burst
      yield* Effect.sync(() => process.exit(3))
      break
    case "throw":
      yield* burst
      setImmediate(() => {
        throw new TypeError("nobody caught this")
      })
      yield* Effect.never
      break
    case "reject":
      yield* burst
      setImmediate(() => Promise.reject(new TypeError("nobody caught this")))
      yield* Effect.never
  }
  process.stdin.destroy()
})

Effect.runFork(
  Effect.provide(program, UncaughtErrors.layer.pipe(Layer.provideMerge(NodeLogger.layerJson({ level: "DEBUG" }))))
)
