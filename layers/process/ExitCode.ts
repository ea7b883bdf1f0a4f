import type { Failure } from "../../src/errors/Failure.js"

/**
 * How a program ends. 70 and 78 are `EX_SOFTWARE` (a bug of ours) and `EX_CONFIG` of sysexits.h; service managers know
 * not to restart on the second. 130 is what shells give to a program that Ctrl-C ended.
 */
export const exitCode = { fine: 0, failed: 1, usage: 2, bug: 70, configuration: 78, interrupted: 130 } as const

/** The next attempt would find the same: only a person can say which database and which log belong together. */
const needsItsOwner = (failure: Failure): boolean =>
  failure._tag === "ConfigurationInvalid" ||
  (failure._tag === "DatabaseOpenFailed" && failure.reason === "log_mismatch")

/** How a program ends that this failure has ended. */
export const exitCodeOf = (failure: Failure): number =>
  needsItsOwner(failure) ? exitCode.configuration : exitCode.failed
