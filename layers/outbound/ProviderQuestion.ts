import { Duration, Effect, Option } from "effect"
import type { OutboundFailure } from "../../src/errors/Outbound.js"
import { ProviderUnavailable } from "../../src/errors/Provider.js"
import type { OutboundRequest, OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** Timeout of a whole request, as in StarPunk (Python). */
const patience = Duration.seconds(5)

/** Maximum size of metadata and answers, which are a few lines; only pages are longer. */
const maxAnswerBytes = 65_536

type Question = ProviderUnavailable["question"]

const reasonOf = (failure: OutboundFailure): ProviderUnavailable["reason"] => {
  if (failure._tag === "OutboundRefused") return "refused"
  if (failure.reason === "timeout") return "timeout"
  return failure.reason === "malformed" || failure.reason === "too_large" ? "malformed" : "unreachable"
}

const hostIn = (address: string): string => (URL.canParse(address) ? new URL(address).host : address)

/** Sends a request to the provider and returns the response, with any status. */
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

/** The failure for an unexpected status. */
export const unexpected = (question: Question, { status, url }: OutboundResponse): ProviderUnavailable =>
  new ProviderUnavailable({ host: hostIn(url), question, reason: "status", status })

/** Returns the decoded response, or the failure that it is not valid. */
export const readAs = <A>(
  question: Question,
  { url }: OutboundResponse,
  read: Option.Option<A>
): Effect.Effect<A, ProviderUnavailable> =>
  Option.match(read, {
    onNone: () => Effect.fail(new ProviderUnavailable({ host: hostIn(url), question, reason: "malformed" })),
    onSome: Effect.succeed
  })
