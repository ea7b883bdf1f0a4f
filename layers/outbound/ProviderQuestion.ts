import { Duration, Effect, Option } from "effect"
import type { OutboundFailure } from "../../src/errors/failure/Outbound.js"
import { ProviderUnavailable } from "../../src/errors/failure/Provider.js"
import type { OutboundRequest, OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** Over all of one question; the original gave its provider as long. */
const patience = Duration.seconds(5)

/** Documents and answers are a few lines; only pages are longer. */
const maxAnswerBytes = 65_536

type Question = ProviderUnavailable["question"]

const reasonOf = (failure: OutboundFailure): ProviderUnavailable["reason"] => {
  if (failure._tag === "OutboundRefused") return "refused"
  if (failure.reason === "timeout") return "timeout"
  return failure.reason === "malformed" || failure.reason === "too_large" ? "malformed" : "unreachable"
}

const hostIn = (address: string): string => (URL.canParse(address) ? new URL(address).host : address)

/** Asks the provider something; answers what it answered, whatever the status. */
export const ask = (
  http: SafeHttp["Type"],
  question: Question,
  request: OutboundRequest
): Effect.Effect<OutboundResponse, ProviderUnavailable> =>
  http
    .request({ timeout: patience, ...(question === "profile" ? {} : { maxBytes: maxAnswerBytes }), ...request })
    .pipe(
      Effect.mapError(
        (failure) => new ProviderUnavailable({ host: hostIn(request.url), question, reason: reasonOf(failure) })
      )
    )

/** An answer that says nothing about what was asked. */
export const unexpected = (question: Question, { status, url }: OutboundResponse): ProviderUnavailable =>
  new ProviderUnavailable({ host: hostIn(url), question, reason: "status", status })

/** What was read out of an answer, or that it could not be read. */
export const readAs = <A>(
  question: Question,
  { url }: OutboundResponse,
  read: Option.Option<A>
): Effect.Effect<A, ProviderUnavailable> =>
  Option.match(read, {
    onNone: () => Effect.fail(new ProviderUnavailable({ host: hostIn(url), question, reason: "malformed" })),
    onSome: Effect.succeed
  })
