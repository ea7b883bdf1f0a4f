import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { Clock, Effect, Option } from "effect"
import type { MediaStorageFailure } from "../../src/errors/MediaStorage.js"
import type { ObjectContent, ObjectStore } from "./ObjectStore.js"

const text = "StarPunk checks here whether it can use this object store.\n"

/** A small object with a name that no medium has. */
export const probeName = ".starpunk-check"

const content: ObjectContent = {
  byteLength: text.length,
  sha256: createHash("sha256").update(text).digest("hex"),
  mediaType: "text/plain",
  body: () => Readable.from([Buffer.from(text)], { objectMode: false })
}

/** Stores the probe. */
export const putProbe = (objects: ObjectStore): Effect.Effect<void, MediaStorageFailure> =>
  objects.put(probeName, content)

/** Milliseconds by which the clock of this machine is ahead of that of the object store, in whole seconds; 0 if unknown. */
export const clockAhead = (objects: ObjectStore): Effect.Effect<number, MediaStorageFailure> =>
  Effect.gen(function* () {
    const head = yield* objects.head(probeName)
    const now = yield* Clock.currentTimeMillis
    const date = Option.match(head, { onNone: () => Number.NaN, onSome: ({ date }) => date })
    return Number.isNaN(date) ? 0 : Math.round((now - date) / 1000) * 1000
  })

/** Asks for the probe, and stores it if it is missing. Missing objects look forbidden to keys that may not list. */
export const look = (objects: ObjectStore): Effect.Effect<void, MediaStorageFailure> =>
  objects.head(probeName).pipe(
    Effect.catchIf(
      (failure) => failure._tag === "MediaStoreRefused" && failure.reason === "denied",
      () => Effect.succeed(Option.none())
    ),
    Effect.flatMap((found) => (Option.isSome(found) ? Effect.void : putProbe(objects)))
  )
