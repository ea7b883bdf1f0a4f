import { Effect } from "effect"
import { MediaStorageFull, MediaUnavailable } from "../../src/errors/failure/Media.js"

const codeOf = (cause: unknown): unknown =>
  typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined

/** Whether a call to the file system failed because nothing is there. */
const isMissing = (cause: unknown): boolean => codeOf(cause) === "ENOENT"

/** A call to the file system that failed, as people are told of it. */
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

/** Calls the file system to read something. */
export const reading = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("read", cause) })

/** Calls the file system to change something. */
export const writing = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("write", cause) })

/** For `catch`: something else where nothing is there. */
export const ifMissing =
  <A>(instead: A) =>
  (cause: unknown): A => {
    if (isMissing(cause)) return instead
    throw cause
  }
