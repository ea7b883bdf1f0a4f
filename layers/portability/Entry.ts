import type { Either } from "effect"
import type { FileReading } from "../../src/domain/archive/FileReading.js"
import type { EntryFailure } from "../../src/errors/ImportEntry.js"

/** A file that may contain a post. */
export interface Entry {
  /** Relative to the directory, with `/`. */
  readonly file: string
  /** Reads the file synchronously. Returns the same as long as the file is unchanged. */
  readonly read: () => Either.Either<FileReading, EntryFailure>
}
