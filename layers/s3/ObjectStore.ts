import type { Readable } from "node:stream"
import { Effect, Option, Schedule, type Scope, Stream } from "effect"
import { type MediaStorageFailure, MediaStoreRefused, MediaUnavailable } from "../../src/errors/MediaStorage.js"
import type { MediaAddress } from "../../src/settings/MediaAddress.js"
import * as Circuit from "./Circuit.js"
import {
  type ConnectionOptions,
  connect,
  type ObjectAnswer,
  type ObjectRequest,
  type ObjectStoreSettings
} from "./Connection.js"
import { failureOfConnection, isOutage } from "./ObjectFailures.js"

/** What an object store knows of an object. */
export interface ObjectHead {
  readonly byteLength: number
  readonly etag: string
  /** SHA-256 in hexadecimal as `put` recorded it; empty for objects that another program stored. */
  readonly sha256: string
  /** Clock of the object store, in epoch milliseconds; `NaN` if it did not say. */
  readonly date: number
}

/** Content that is to be stored. */
export interface ObjectContent {
  /** Makes a new stream of the content for each attempt. */
  readonly body: () => Readable
  readonly byteLength: number
  /** In hexadecimal. */
  readonly sha256: string
  readonly mediaType: string
}

/** The objects with a prefix in a bucket. Requests are repeated while the store is unavailable, each a few times. */
export interface ObjectStore {
  /**
   * Stores an object, whose content the store compares with its signed SHA-256, and then asks whether the object is there: a
   * store may answer 200 and keep nothing.
   */
  readonly put: (name: string, content: ObjectContent) => Effect.Effect<void, MediaStorageFailure>
  readonly head: (name: string) => Effect.Effect<Option.Option<ObjectHead>, MediaStorageFailure>
  /** The bytes from `start` to `end`, exclusive. Goes on where a connection was cut. */
  readonly read: (name: string, start: number, end: number) => Stream.Stream<Uint8Array, MediaStorageFailure>
  /** Removes an object; does nothing if there is none. */
  readonly remove: (name: string) => Effect.Effect<void, MediaStorageFailure>
}

/** Repetitions of a request, with growing, random pauses so that clients of a busy store do not return together. */
const attempts = 3
const repetitions = Schedule.exponential("100 millis", 3).pipe(
  Schedule.jittered,
  Schedule.intersect(Schedule.recurs(attempts)),
  Schedule.upTo("20 seconds")
)

const isTransient = (failure: MediaStorageFailure): boolean =>
  isOutage(failure) || (failure._tag === "MediaStoreRefused" && failure.reason === "not_kept")

const header = ({ headers }: ObjectAnswer, name: string): string => {
  const value = headers[name]
  return typeof value === "string" ? value : ""
}

const dropped = (answer: ObjectAnswer) => Effect.sync(() => void answer.body.resume())

const headOf = (answer: ObjectAnswer): ObjectHead => ({
  byteLength: Number(header(answer, "content-length")),
  etag: header(answer, "etag"),
  sha256: header(answer, "x-amz-meta-sha256"),
  date: Date.parse(header(answer, "date"))
})

/** Whether two values agree, where the object store gives both. */
const isSame = (one: string, other: string): boolean => one === "" || other === "" || one === other

/** Options that tests change. */
export interface ObjectStoreOptions extends ConnectionOptions {
  /** Pauses between repetitions. */
  readonly repetitions?: Schedule.Schedule<unknown>
}

/** The objects of a bucket under a prefix, by the keys of the settings. Its connections close with the scope. */
export const make = (
  settings: ObjectStoreSettings,
  { bucket, prefix }: MediaAddress,
  options: ObjectStoreOptions = {}
): Effect.Effect<ObjectStore, never, Scope.Scope> =>
  Effect.gen(function* () {
    const send = yield* connect(settings, bucket, options)
    const guarded = Circuit.make(isOutage)
    const once = (request: ObjectRequest, accepted?: ReadonlyArray<number>) => guarded(send(request, accepted))
    const repeated = <A, R>(effect: Effect.Effect<A, MediaStorageFailure, R>) =>
      Effect.retry(effect, { schedule: options.repetitions ?? repetitions, while: isTransient })
    const keyOf = (name: string) => (prefix === "" ? name : `${prefix}/${name}`)

    const look = (name: string) =>
      Effect.map(once({ method: "HEAD", key: keyOf(name) }, [404]), (answer) =>
        answer.status === 404 ? Option.none() : Option.some(headOf(answer))
      )

    const put: ObjectStore["put"] = (name, { body, byteLength, mediaType, sha256 }) =>
      Effect.gen(function* () {
        const answer = yield* once({
          method: "PUT",
          key: keyOf(name),
          headers: {
            "content-length": String(byteLength),
            "content-type": mediaType,
            "cache-control": "public, max-age=31536000, immutable",
            "x-amz-meta-sha256": sha256
          },
          sha256,
          body
        })
        yield* dropped(answer)
        const kept = yield* look(name)
        const etag = header(answer, "etag")
        const isKept = Option.exists(
          kept,
          (head) => head.byteLength === byteLength && isSame(head.sha256, sha256) && isSame(head.etag, etag)
        )
        if (!isKept) return yield* new MediaStoreRefused({ operation: "write", reason: "not_kept", storeCode: "" })
      }).pipe(repeated, Effect.withSpan("ObjectStore.put"))

    /** Answers a range, or fails; the size of a part is checked by its reader. */
    const begin = (name: string, start: number, end: number) =>
      once({ method: "GET", key: keyOf(name), headers: { range: `bytes=${start}-${end - 1}` } }).pipe(
        // An answer with 200 is the whole file, from a store that knows no ranges.
        Effect.filterOrFail(
          ({ status }) => status === 206 || start === 0,
          () => new MediaUnavailable({ operation: "read", reason: "failed" })
        )
      )

    const read: ObjectStore["read"] = (name, start, end) => {
      if (end <= start) return Stream.empty
      let at = start
      let left = attempts
      const cut = new MediaUnavailable({ operation: "read", reason: "cut" })
      const rest: Stream.Stream<Uint8Array, MediaStorageFailure> = Stream.suspend(() =>
        Stream.unwrapScoped(
          Effect.map(
            Effect.acquireRelease(repeated(begin(name, at, end)), ({ body }) => Effect.sync(() => body.destroy())),
            ({ body }) =>
              Stream.fromAsyncIterable<Uint8Array, MediaStorageFailure>(body, (cause) =>
                failureOfConnection("read", cause)
              )
          )
        ).pipe(
          Stream.map((chunk) => {
            const kept = chunk.length > end - at ? chunk.subarray(0, end - at) : chunk
            at += kept.length
            return kept
          }),
          Stream.takeUntil(() => at >= end),
          Stream.concat(Stream.suspend(() => (at < end ? Stream.fail(cut) : Stream.empty))),
          Stream.catchAll((failure) => {
            left -= 1
            return left >= 0 && isOutage(failure) ? rest : Stream.fail(failure)
          })
        )
      )
      return rest
    }

    return {
      put,
      read,
      head: (name) => repeated(look(name)).pipe(Effect.withSpan("ObjectStore.head")),
      remove: (name) =>
        Effect.flatMap(once({ method: "DELETE", key: keyOf(name) }, [404]), dropped).pipe(
          repeated,
          Effect.withSpan("ObjectStore.remove")
        )
    }
  })
