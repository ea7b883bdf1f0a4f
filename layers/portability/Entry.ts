import type { Either } from "effect"
import type { ReadPost } from "../../src/domain/PostFileReading.js"
import type { EntryFailure } from "../../src/errors/failure/Portability.js"
import type { HeldBackReason } from "../../src/services/Import.js"

/** A file that is no post, and why, in a few words. */
export interface PassedOver {
  readonly passedOver: string
}

/** A file that may be a post, and is not taken in without being asked for. */
export interface HeldBack {
  readonly heldBack: HeldBackReason
  /** In a few words, the same for all files that share them. */
  readonly why: string
}

/** A file that only leads elsewhere. */
export interface Redirect {
  /** Where it lay: paths as in `ReadPost.oldAddresses`. */
  readonly oldAddresses: ReadonlyArray<string>
  /** Where it leads: an address of the old site, or of another one. */
  readonly redirectTo: string
}

/** What a file turned out to be. */
export type Reading = ReadPost | PassedOver | HeldBack | Redirect

/** A file that may hold a post. */
export interface Entry {
  /** Below the directory, with `/`. */
  readonly file: string
  /** Reads it, at once. The same answer each time, as long as the file is the same. */
  readonly read: () => Either.Either<Reading, EntryFailure>
}
