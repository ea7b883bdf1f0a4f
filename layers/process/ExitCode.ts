import type { Failure } from "../../src/errors/Failure.js"

/**
 * Exit codes. 70 and 78 are `EX_SOFTWARE` (a bug) and `EX_CONFIG` of sysexits.h; service managers do not restart after
 * the latter. 130 is the shell's code for a program ended by Ctrl-C.
 */
export const exitCode = { fine: 0, failed: 1, usage: 2, bug: 70, configuration: 78, interrupted: 130 } as const

/**
 * Returns whether a restart would fail again, because only a person can decide which database and which log belong
 * together.
 */
const needsItsOwner = (failure: Failure): boolean =>
  failure._tag === "ConfigurationInvalid" ||
  (failure._tag === "DatabaseOpenFailed" && failure.reason === "log_mismatch")

/** The exit code of a process that this failure ended. */
export const exitCodeOf = (failure: Failure): number =>
  needsItsOwner(failure) ? exitCode.configuration : exitCode.failed
