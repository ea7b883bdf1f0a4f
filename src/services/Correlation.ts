import { Effect, HashMap, Option, Schema } from "effect"
import { RequestId } from "../domain/RequestId.js"
import { SecureRandom } from "./SecureRandom.js"

const isRequestId = Schema.is(RequestId)

/** Makes an id of 128 random bits as 32 hexadecimal digits. */
export const makeRequestId: Effect.Effect<RequestId, never, SecureRandom> = Effect.flatMap(SecureRandom, (random) =>
  Effect.map(random.hex(16), (hex) => RequestId.make(hex))
)

/** Like `makeRequestId`, outside of fibers. */
export const unsafeRequestId = (random: SecureRandom["Type"]): RequestId =>
  RequestId.make(random.unsafeHex(16), { disableValidation: true })

/** Adds the id to every log line of an effect and of the fibers that it forks. */
export const annotateRequest =
  (id: RequestId) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.annotateLogs(self, "request_id", id)

/** The id of the request or job that the current fiber works for. */
export const currentRequestId: Effect.Effect<Option.Option<RequestId>> = Effect.map(
  Effect.logAnnotations,
  (annotations) => Option.filter(HashMap.get(annotations, "request_id"), isRequestId)
)

/** Adds a background job's name (`job`) and a new id for each run to its log lines. */
export const annotateJob =
  (job: string) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | SecureRandom> =>
    Effect.flatMap(makeRequestId, (id) => Effect.annotateLogs(self, { job, request_id: id }))
