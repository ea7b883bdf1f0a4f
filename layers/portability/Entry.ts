import type { Either } from "effect"
import type { FileReading } from "../../src/domain/archive/FileReading.js"
import type { EntryFailure } from "../../src/errors/failure/Portability.js"

/** A file that may hold a post. */
export interface Entry {
  /** Below the directory, with `/`. */
  readonly file: string
  /** Reads it, at once. The same answer each time, as long as the file is the same. */
  readonly read: () => Either.Either<FileReading, EntryFailure>
}
