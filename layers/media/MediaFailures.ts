import { Effect } from "effect"
import { MediaStorageFull, MediaUnavailable } from "../../src/errors/Media.js"

const codeOf = (cause: unknown): unknown =>
  typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined

/** Returns whether a call failed because the file is missing. */
const isMissing = (cause: unknown): boolean => codeOf(cause) === "ENOENT"

/** Converts a failed call to the file system. */
export const failureOf = (operation: "read" | "write", cause: unknown): MediaStorageFull | MediaUnavailable => {
  switch (codeOf(cause)) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new MediaStorageFull()
    case "EROFS":
      return new MediaUnavailable({ operation, reason: "read_only" })
    case "EACCES":
    case "EPERM":
      return new MediaUnavailable({ operation, reason: "denied" })
    default:
      return new MediaUnavailable({ operation, reason: "io" })
  }
}

/** Runs a read of the file system. */
export const reading = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("read", cause) })

/** Runs a write of the file system. */
export const writing = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("write", cause) })

/** For `catch`: returns `instead` if the file is missing. */
export const ifMissing =
  <A>(instead: A) =>
  (cause: unknown): A => {
    if (isMissing(cause)) return instead
    throw cause
  }
