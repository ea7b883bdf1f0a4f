import { Context, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** A browser with which the owner logged in before. */
export interface Device {
  readonly name: string
  /** Whether the passphrase is still the one of that login. */
  readonly isCurrent: boolean
}

/**
 * Signed marks for browsers with which the owner logged in. A mark opens nothing. While it is current, its browser is not
 * held up by other people's guesses; current or not, it proves that the browser had a session here. All marks end with
 * a reset of the owner's login.
 */
export class Devices extends Context.Tag("starpunk/Devices")<
  Devices,
  {
    /** Makes a mark for a browser that has just logged in. */
    readonly mark: Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Finds the device that a mark was made for; none if this site did not make it. */
    readonly find: (mark: Redacted.Redacted) => Effect.Effect<Option.Option<Device>, DatabaseFailure>
  }
>() {}
