import { stripVTControlCharacters } from "node:util"
import { CliConfig, Command, ValidationError } from "@effect/cli"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Cause, Console, Effect, Layer } from "effect"
import { exitCode } from "../layers/process/ExitCode.js"
import { version } from "../src/version.js"
import { Reported } from "./Answer.js"
import { addresses } from "./commands/addresses.js"
import { backup } from "./commands/backup.js"
import { checkConfig } from "./commands/check-config.js"
import { config } from "./commands/config.js"
import { db } from "./commands/db.js"
import { doctor } from "./commands/doctor.js"
import { explain } from "./commands/explain.js"
import { exportPosts } from "./commands/export.js"
import { healthcheck } from "./commands/healthcheck.js"
import { importPosts } from "./commands/import.js"
import { media } from "./commands/media.js"
import { owner } from "./commands/owner.js"
import { reindex } from "./commands/reindex.js"
import { restore } from "./commands/restore.js"
import { serve } from "./commands/serve.js"
import { sessions } from "./commands/sessions.js"
import { token } from "./commands/token.js"
import { reportFailure, runMainOptions } from "./FailureReport.js"

/** Every command; a new one is a file in `commands/` and an entry of this list. */
const commands = [
  serve,
  checkConfig,
  config,
  explain,
  owner,
  token,
  sessions,
  backup,
  restore,
  exportPosts,
  importPosts,
  db,
  media,
  doctor,
  healthcheck,
  reindex,
  addresses
] as const

const starpunk = Command.make("starpunk").pipe(
  Command.withDescription("A self-hosted IndieWeb blog for one person"),
  Command.withSubcommands(commands)
)

const run = Command.run(starpunk, { name: "StarPunk", version, executable: "starpunk" })

/** Prints why a command failed, unless that is already printed, and returns the exit code. */
const onFailure = (cause: Cause.Cause<unknown>, asJson: boolean): Effect.Effect<number> => {
  const error = Cause.squash(cause)
  if (error instanceof Reported) return Effect.succeed(error.exitCode)
  // @effect/cli has already printed the error in the arguments.
  if (ValidationError.isValidationError(error)) return Effect.succeed(exitCode.usage)
  return reportFailure(cause, asJson)
}

const isPlain = (stream: NodeJS.WriteStream): boolean => !stream.isTTY || process.env.NO_COLOR !== undefined

/** Strips colours from the console's output where a stream is no terminal or `NO_COLOR` is set. */
const withPlainConsole = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Console.consoleWith((console) => {
    const plain = (parts: ReadonlyArray<unknown>) =>
      parts.map((part) => (typeof part === "string" ? stripVTControlCharacters(part) : part))
    return Effect.withConsole(effect, {
      ...console,
      log: (...parts) => console.log(...(isPlain(process.stdout) ? plain(parts) : parts)),
      error: (...parts) => console.error(...(isPlain(process.stderr) ? plain(parts) : parts))
    })
  })

/**
 * Ignores a closed standard output (`starpunk explain | head -1`): the command completes with its own exit code. Any
 * other write error is reported and sets the exit code to failed.
 */
const surviveClosedOutput = (): void => {
  process.stderr.on("error", () => {})
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return
    process.exitCode = exitCode.failed
    process.stderr.write(`The output could not be written (${error.code}).\n`)
  })
}

/** Runs the command line with these arguments and sets the command's exit code. */
export const main = (argv: ReadonlyArray<string>): void => {
  surviveClosedOutput()
  const program = run(argv).pipe(
    Effect.as<number>(exitCode.fine),
    Effect.catchAllCause((cause) => onFailure(cause, argv.includes("--json"))),
    withPlainConsole,
    Effect.provide(Layer.mergeAll(NodeContext.layer, CliConfig.layer({ showBuiltIns: false })))
  )
  NodeRuntime.runMain(program, runMainOptions)
}
