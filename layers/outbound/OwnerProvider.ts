import { Clock, Duration, Effect, Exit, Layer, Option, Redacted } from "effect"
import { profileElsewhere } from "../../src/domain/indieauth/ProfileUrl.js"
import { readSignedInAs } from "../../src/domain/indieauth/SignIn.js"
import { readIntrospection, readVerification, type TokenAnswer } from "../../src/domain/indieauth/TokenAnswer.js"
import { type ProviderFailure, ProviderUnusable, SignInRefused } from "../../src/errors/Provider.js"
import { Logger } from "../../src/services/Logger.js"
import { type CodeRedemption, OwnerProvider, type ProviderEndpoints } from "../../src/services/OwnerProvider.js"
import { PageParser } from "../../src/services/PageParser.js"
import { SafeHttp } from "../../src/services/SafeHttp.js"
import { Settings } from "../../src/settings/Config.js"
import * as AnswerCache from "./AnswerCache.js"
import { discover } from "./Discovery.js"
import { ask, readAs, unexpected } from "./ProviderQuestion.js"

const goodFor = Duration.hours(1)
/** Retry interval after a failure, or while stale endpoints are used. */
const badFor = Duration.seconds(30)
/**
 * How long endpoints are used while their page is unavailable. A page that is missing for a day may have been removed.
 */
const staleForMillis = Duration.toMillis(Duration.days(1))

const inactive: TokenAnswer = { active: false }

/** Returns whether a status means that a token is not valid, for older endpoints (IndieAuth of 2020, §6.1). */
const isNo = (status: number): boolean => status === 400 || status === 401 || status === 403

interface Found {
  readonly endpoints: ProviderEndpoints
  readonly isStale: boolean
}

/** The provider that `STARPUNK_ADMIN_ME` names, over the network. */
export const layer: Layer.Layer<OwnerProvider, never, SafeHttp | PageParser | Settings | Logger> = Layer.scoped(
  OwnerProvider,
  Effect.gen(function* () {
    const http = yield* SafeHttp
    const parser = yield* PageParser
    const settings = yield* Settings
    const log = (yield* Logger).named("starpunk.provider")
    const page = profileElsewhere(settings)
    const remembered = yield* AnswerCache.make<Found, ProviderFailure>({
      capacity: 1,
      timeToLive: (exit) => (Exit.isSuccess(exit) && !exit.value.isStale ? goodFor : badFor)
    })

    let last: { readonly endpoints: ProviderEndpoints; readonly foundAt: number } | undefined

    const find = (address: string): Effect.Effect<Found, ProviderFailure> =>
      Effect.gen(function* () {
        const endpoints = yield* discover(http, parser, settings, address)
        last = { endpoints, foundAt: yield* Clock.currentTimeMillis }
        const { issuer, ...addresses } = endpoints
        yield* log.info("Owner's provider found", { issuer, endpoints: Object.values(addresses).join(" ") })
        return { endpoints, isStale: false }
      }).pipe(
        Effect.catchTag("ProviderUnavailable", (error) =>
          Effect.gen(function* () {
            const now = yield* Clock.currentTimeMillis
            if (last === undefined || now - last.foundAt > staleForMillis) return yield* error
            yield* log.warning("Owner's page unreachable; using its last known endpoints", { error })
            return { endpoints: last.endpoints, isStale: true }
          })
        )
      )

    const endpoints = Option.match(page, {
      onNone: () => Effect.fail(new ProviderUnusable({ page: `${settings.siteUrl}/`, reason: "no_endpoint" })),
      onSome: (address) => Effect.map(remembered("", find(address)), (found) => found.endpoints)
    })

    const verified = (url: string, headers: Readonly<Record<string, string>>) =>
      Effect.gen(function* () {
        const answer = yield* ask(http, "token", { url, headers, maxRedirects: 0 })
        if (isNo(answer.status)) return inactive
        if (answer.status !== 200) return yield* unexpected("token", answer)
        return yield* readAs("token", answer, readVerification(answer.text))
      })

    const tokenAnswer = Effect.fn("OwnerProvider.tokenAnswer")(function* (token: Redacted.Redacted) {
      const known = yield* endpoints
      const secret = Redacted.value(token)
      // The token authorizes its own introspection, because this site shares no other secret with the provider.
      const headers = { authorization: `Bearer ${secret}`, accept: "application/json" }
      if (known.introspection === undefined) {
        return known.token === undefined ? inactive : yield* verified(known.token, headers)
      }
      const answer = yield* ask(http, "token", {
        method: "POST",
        url: known.introspection,
        headers,
        form: { token: secret }
      })
      if (answer.status === 200) return yield* readAs("token", answer, readIntrospection(answer.text))
      if (!isNo(answer.status)) return yield* unexpected("token", answer)
      // Either the token is invalid, or the endpoint requires authentication. The older request may tell.
      yield* log.info("Provider refused to verify a token", { status_code: answer.status })
      if (known.token === undefined) return inactive
      return yield* Effect.catchIf(
        verified(known.token, headers),
        ({ status = 500 }) => status < 500,
        () => Effect.succeed(inactive)
      )
    })

    const redeem = Effect.fn("OwnerProvider.redeem")(function* (redemption: CodeRedemption) {
      const answer = yield* ask(http, "code", {
        method: "POST",
        url: redemption.endpoint,
        headers: { accept: "application/json" },
        form: {
          grant_type: "authorization_code",
          code: Redacted.value(redemption.code),
          client_id: redemption.clientId,
          redirect_uri: redemption.redirectUri,
          code_verifier: Redacted.value(redemption.verifier)
        }
      })
      if (answer.status >= 400 && answer.status <= 499) return yield* new SignInRefused({ reason: "code" })
      if (answer.status !== 200) return yield* unexpected("code", answer)
      return yield* readAs("code", answer, readSignedInAs(answer.text))
    })

    return { page, endpoints, tokenAnswer, redeem }
  })
)
