import { type HttpBody, HttpServerError } from "@effect/platform"
import { Cause, HashSet, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { Unforeseen } from "../../errors/Availability.js"
import { isFailure } from "../../errors/Catalogue.js"
import type { Failure } from "../../errors/Failure.js"
import { BodyMalformed, BodyTooLarge } from "../../errors/Request.js"

/**
 * Failures of a route: those of the catalogue, and those of the platform's body readers and writers. The platform's
 * multipart parser is excluded, because it waits forever on a truncated body. Use `Upload.receive`.
 */
export type Answerable = Failure | HttpServerError.RequestError | HttpBody.HttpBodyError

/** The failure with which a cause is answered. Unknown errors and defects are `Unforeseen`. */
export const failureOf = (cause: Cause.Cause<unknown>): Failure =>
  Option.match(Cause.failureOption(cause), { onNone: () => new Unforeseen(), onSome: fromError })

/** Returns whether the client disconnected. Then there is no response, and nothing failed. */
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
  // The platform reports an exceeded limit only by its message.
  if (cause instanceof Error && cause.message === "maxBytes exceeded") return new BodyTooLarge({})
  return new BodyMalformed({ reason: cause instanceof SyntaxError ? "json" : "interrupted" })
}
