import type { HeldBackReason } from "./Place.js"
import type { ReadPost } from "./PostFileReading.js"

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
export type FileReading = ReadPost | PassedOver | HeldBack | Redirect
