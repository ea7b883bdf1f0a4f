import { Context, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"

/** A browser in which the owner logged in before. */
export interface Device {
  readonly name: string
  /** Whether the passphrase has not changed since that login. */
  readonly isCurrent: boolean
}

/**
 * Signed marks for browsers in which the owner logged in. A mark grants no access. While it is current, failed attempts
 * of others do not delay its browser; current or not, it proves that the browser had a session here. A reset of the
 * owner's login invalidates all marks.
 */
export class Devices extends Context.Tag("starpunk/Devices")<
  Devices,
  {
    /** Makes a mark for a browser that has just logged in. */
    readonly mark: Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Finds the device of a mark; none if this site did not issue the mark. */
    readonly find: (mark: Redacted.Redacted) => Effect.Effect<Option.Option<Device>, DatabaseFailure>
  }
>() {}
