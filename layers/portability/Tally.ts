import { errorInfo } from "../../src/errors/Catalogue.js"
import type { BrokenEntry, ImportReport } from "../../src/services/Import.js"

/** What a report lists at most: whoever has more broken files than this has one trouble, not many. */
const listed = 10_000

/** Counts what becomes of the files of an import. */
export class Tally {
  stored = 0
  present = 0
  #broken = 0
  #passedOver = 0
  readonly #brokenEntries: Array<BrokenEntry> = []
  readonly #passedOverFiles: Array<{ readonly file: string; readonly why: string }> = []
  readonly #renamed: Array<{ readonly file: string; readonly from: string; readonly to: string }> = []

  broken(file: string, failure: BrokenEntry["failure"]): void {
    this.#broken += 1
    if (this.#brokenEntries.length < listed) this.#brokenEntries.push({ file, failure })
  }

  passedOver(file: string, why: string): void {
    this.#passedOver += 1
    if (this.#passedOverFiles.length < listed) this.#passedOverFiles.push({ file, why })
  }

  /** A post came in, and what it shows is as it was. */
  leftOut(file: string, failure: BrokenEntry["failure"]): void {
    this.passedOver(file, errorInfo(failure).operator?.details ?? errorInfo(failure).message)
  }

  renamed(file: string, from: string, to: string): void {
    if (this.#renamed.length < listed) this.#renamed.push({ file, from, to })
  }

  /** Whether there was anything that could have been a post. */
  get sawPosts(): boolean {
    return this.stored + this.present + this.#broken > 0
  }

  /** What there was beside posts, in words. */
  get others(): string {
    return `${this.#passedOver} other ${this.#passedOver === 1 ? "file" : "files"}`
  }

  report(): Pick<ImportReport, "posts" | "broken" | "brokenEntries" | "passedOver" | "passedOverFiles" | "renamed"> {
    return {
      posts: { stored: this.stored, present: this.present },
      broken: this.#broken,
      brokenEntries: this.#brokenEntries,
      passedOver: this.#passedOver,
      passedOverFiles: this.#passedOverFiles,
      renamed: this.#renamed
    }
  }
}
