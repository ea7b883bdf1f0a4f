import { type HttpBody, HttpServerError } from "@effect/platform"
import { Cause, HashSet, Option } from "effect"
import { isFailure } from "../../errors/Catalogue.js"
import type { Failure } from "../../errors/Failure.js"
import { BodyMalformed, BodyTooLarge, PageNotFound, Unforeseen } from "../../errors/failure/Http.js"

/**
 * What a route may fail with: our failures, and what the platform's own readers and writers of bodies fail with. Its
 * multipart parser is not among them: it waits for ever on a body that ends too early. Use `Upload.receive`.
 */
export type Answerable = Failure | HttpServerError.RequestError | HttpBody.HttpBodyError

/** The failure that a cause is answered as. What is neither ours nor the platform's is `Unforeseen`, defects included. */
export const failureOf = (cause: Cause.Cause<unknown>): Failure =>
  Option.match(Cause.failureOption(cause), { onNone: () => new Unforeseen(), onSome: fromError })

/** Whether the client went away. Nobody is there to hear an answer then, and nothing failed. */
export const isClientAbort = (cause: Cause.Cause<unknown>): boolean =>
  HashSet.has(Cause.interruptors(cause), HttpServerError.clientAbortFiberId)

const fromError = (error: unknown): Failure => {
  if (isFailure(error)) return error
  if (!HttpServerError.isServerError(error)) return new Unforeseen()
  switch (error._tag) {
    case "RouteNotFound":
      return new PageNotFound()
    case "RequestError":
      return fromRequest(error)
    default:
      return new Unforeseen()
  }
}

const fromRequest = ({ cause, reason }: HttpServerError.RequestError): Failure => {
  if (reason === "Transport") return new BodyMalformed({ reason: "interrupted" })
  // The platform tells a passed limit by the text alone.
  if (cause instanceof Error && cause.message === "maxBytes exceeded") return new BodyTooLarge({})
  return new BodyMalformed({ reason: cause instanceof SyntaxError ? "json" : "interrupted" })
}
