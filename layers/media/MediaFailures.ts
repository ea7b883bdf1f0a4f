import { Effect } from "effect"
import { MediaStorageFull, MediaUnavailable } from "../../src/errors/MediaStorage.js"
import { troubleOf } from "../files/FileTrouble.js"

/** Converts a failed call to the file system. */
export const failureOf = (operation: "read" | "write", cause: unknown): MediaStorageFull | MediaUnavailable => {
  const { reason } = troubleOf(cause)
  if (reason === "full") return new MediaStorageFull()
  return new MediaUnavailable({ operation, reason: reason === "read_only" || reason === "denied" ? reason : "io" })
}

/** Runs a read of the file system. */
export const reading = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("read", cause) })

/** Runs a write of the file system. */
export const writing = <A>(call: () => Promise<A>): Effect.Effect<A, MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({ try: call, catch: (cause) => failureOf("write", cause) })
