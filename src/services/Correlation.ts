import { Effect, HashMap, Option, Schema } from "effect"
import { RequestId } from "../domain/RequestId.js"
import { SecureRandom } from "./SecureRandom.js"

const isRequestId = Schema.is(RequestId)

/** A new id: 128 random bits as 32 hexadecimal digits. */
export const makeRequestId: Effect.Effect<RequestId, never, SecureRandom> = Effect.flatMap(SecureRandom, (random) =>
  Effect.map(random.hex(16), (hex) => RequestId.make(hex))
)

/** Puts the id on every log line that an effect, and whatever it forks, writes. */
export const annotateRequest =
  (id: RequestId) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.annotateLogs(self, "request_id", id)

/** The id of the request or job that this fiber works for. */
export const currentRequestId: Effect.Effect<Option.Option<RequestId>> = Effect.map(
  Effect.logAnnotations,
  (annotations) => Option.filter(HashMap.get(annotations, "request_id"), isRequestId)
)

/** Signs a background job's log lines with its name (`job`) and with an id that is new on every run. */
export const annotateJob =
  (job: string) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | SecureRandom> =>
    Effect.flatMap(makeRequestId, (id) => Effect.annotateLogs(self, { job, request_id: id }))
