import type { HeldBackReason } from "./Place.js"
import type { ReadPost } from "./PostFileReading.js"

/** A file that is not a post, and why, in a few words. */
export interface PassedOver {
  readonly passedOver: string
}

/** A file that may be a post and is not imported unless the options ask for it. */
export interface HeldBack {
  readonly heldBack: HeldBackReason
  /** A few words, the same for all files with this reason. */
  readonly why: string
}

/** A file that only redirects. */
export interface Redirect {
  /** Its own paths, as in `ReadPost.oldAddresses`. */
  readonly oldAddresses: ReadonlyArray<string>
  /** Target of the redirect: an address of the old site, or of another one. */
  readonly redirectTo: string
}

/** Result of reading a file. */
export type FileReading = ReadPost | PassedOver | HeldBack | Redirect
