import type { Either } from "effect"
import type { ReadPost } from "../../src/domain/PostFileReading.js"
import type { EntryFailure } from "../../src/errors/failure/Portability.js"

/** A file that is no post, and why, in a few words. */
export interface PassedOver {
  readonly passedOver: string
}

/** A file that may hold a post. */
export interface Entry {
  /** Below the directory, with `/`. */
  readonly file: string
  /** Reads it, at once. */
  readonly read: () => Either.Either<ReadPost | PassedOver, EntryFailure>
}
