import { Cause, Console, Effect, Exit, Option } from "effect"
import { exitCode, exitCodeOf } from "../layers/process/ExitCode.js"
import { Unforeseen } from "../src/errors/Availability.js"
import { failureIn } from "../src/errors/Catalogue.js"
import type { Failure } from "../src/errors/Failure.js"
import type { Problem } from "../src/settings/Sources.js"
import { printable } from "./PrintableText.js"

/** The catalogue failure that ended a program; `Unforeseen` if the cause holds none. */
const failureOf = (cause: Cause.Cause<unknown>): Failure => Option.getOrElse(failureIn(cause), () => new Unforeseen())

const problemText = ({ expected, given, name, source, suggestion }: Problem): string =>
  [
    name,
    `  expected  ${expected}`,
    ...(given === undefined ? [] : [`  given     ${given}`]),
    `  source    ${source}`,
    `  →         ${suggestion}`
  ].join("\n")

const configurationText = (problems: ReadonlyArray<Problem>): string =>
  [
    problems.length === 1
      ? "There is a problem with the configuration."
      : `There are ${problems.length} problems with the configuration.`,
    ...problems.map(problemText),
    "Nothing was started or changed. Run `starpunk config show` to list all settings; see docs/configuration.md for details."
  ].join("\n\n")

/** Formats a failure for the operator: message, details and troubleshooting steps, without a stack trace. */
const failureText = (failure: Failure): string => {
  if (failure._tag === "ConfigurationInvalid") return configurationText(failure.problems)
  const { code, message, operator, suggestion, troubleshooting } = failure.info
  const steps = operator?.troubleshooting ?? troubleshooting
  return [
    `${message}: ${operator?.details ?? suggestion} [${code}]`,
    ...steps.map((step) => `  - ${step}`),
    `See \`starpunk explain ${code}\`.`
  ].join("\n")
}

/** The failure as JSON, with the field names of HTTP error responses. */
const failureJson = (failure: Failure) => {
  const { code, message, operator, suggestion, troubleshooting } = failure.info
  return {
    error: {
      code,
      message: operator?.details ?? message,
      suggestion,
      troubleshooting: operator?.troubleshooting ?? troubleshooting
    },
    ...(failure._tag === "ConfigurationInvalid" ? { problems: failure.problems } : {})
  }
}

/** First line of an unexpected error, for a search or a bug report. */
const firstLine = (cause: Cause.Cause<unknown>): string => Cause.pretty(cause).split("\n", 1).join()

/** Prints on standard error why a program ended, as JSON or as text, and returns its exit code. */
export const reportFailure = (cause: Cause.Cause<unknown>, asJson = false): Effect.Effect<number> => {
  if (Cause.isInterruptedOnly(cause)) return Effect.succeed(exitCode.interrupted)
  const failure = failureOf(cause)
  const text = asJson ? JSON.stringify(failureJson(failure), undefined, 2) : failureText(failure)
  const report = failure._tag === "Unforeseen" && !asJson ? `${text}\nCause: ${firstLine(cause)}` : text
  return Effect.as(Console.error(printable(report)), exitCodeOf(failure))
}

/**
 * Options for `NodeRuntime.runMain`: the program's result is the exit code, and the runtime prints no report of its
 * own.
 */
export const runMainOptions = {
  disableErrorReporting: true,
  disablePrettyLogger: true,
  teardown: (exit: Exit.Exit<unknown, unknown>, end: (code: number) => void): void =>
    end(
      Exit.match(exit, {
        onFailure: () => exitCode.interrupted,
        onSuccess: (code) => (typeof code === "number" ? code : exitCode.fine)
      })
    )
}
