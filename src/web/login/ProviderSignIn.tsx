import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option, Redacted } from "effect"
import type { JSX } from "preact"
import { challengeMethod, challengeOf } from "../../domain/indieauth/CodeChallenge.js"
import { isSameProfile } from "../../domain/indieauth/ProfileUrl.js"
import { type SignIn, signInLifetime } from "../../domain/indieauth/SignIn.js"
import { localPath } from "../../domain/login/LocalPath.js"
import { networkOf } from "../../domain/Network.js"
import { PageNotFound } from "../../errors/Address.js"
import { MeMismatch, ProviderUnusable, SignInRefused } from "../../errors/Provider.js"
import { Attempts } from "../../services/Attempts.js"
import { Logger } from "../../services/Logger.js"
import { Owner } from "../../services/Owner.js"
import { OwnerProvider } from "../../services/OwnerProvider.js"
import { Passkeys } from "../../services/Passkeys.js"
import { SignIns } from "../../services/SignIns.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { texts } from "../../texts/Texts.js"
import * as Body from "../http/Body.js"
import { clientAddress } from "../http/Client.js"
import { loginForm, loginPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { isSecure, setOwnCookie } from "../http/SessionCookie.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { Rich } from "../theme/Rich.js"
import { type Site, site as theSite } from "../theme/Site.js"
import { startOwnerSession } from "./StartSession.js"

/** Parameters of the provider's response; repeated ones are ignored. */
type Answer = Readonly<Partial<Record<"code" | "state" | "iss" | "error", string>>>

const answer: Effect.Effect<Answer, never, HttpServerRequest.ParsedSearchParams> = Effect.map(
  HttpServerRequest.ParsedSearchParams,
  (given) => Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "string" && value !== ""))
)

/** Characters that OAuth allows in an error code (RFC 6749 §4.1.2.1), limited in length. Other texts are not echoed. */
const errorName = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,60}$/

/** Checks the issuer of the provider's response (RFC 9207 §2.4, IndieAuth §5.2.1). */
const checkIssuer = ({ issuer }: SignIn, { error, iss }: Answer): Effect.Effect<void, SignInRefused> => {
  const isRight = issuer === undefined || iss === issuer || (error !== undefined && iss === undefined)
  return isRight ? Effect.void : new SignInRefused({ reason: "issuer" })
}

const refusalOf = (error: string): SignInRefused =>
  error === "access_denied"
    ? new SignInRefused({ reason: "denied" })
    : new SignInRefused({ reason: "provider", ...(errorName.test(error) ? { error } : {}) })

/** There is nothing to guess: this limits the work that strangers can cause, here and at the provider. */
const pace = { burst: 20, every: Duration.seconds(3) }

const Leaving = ({ address, site }: { readonly address: string; readonly site: Site }): JSX.Element => (
  <Layout site={site} title={texts.login.provider.title}>
    <h1>{texts.login.provider.title}</h1>
    <p class="lead">
      <Rich text={texts.login.provider.lead} values={{ address, host: <b>{new URL(address).host}</b> }} />
    </p>
  </Layout>
)

/**
 * The owner's login through the IndieAuth provider that the owner's page names (IndieAuth §5.2, as the client):
 *
 * - `POST /auth/indieauth`, with `next` in the form: stores the sign-in, binds it to the browser by a cookie, and
 *   redirects to the provider, with PKCE (S256);
 * - `GET /auth/callback`: where the provider redirects to.
 *
 * Not available if the site is the owner's identity.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const provider = yield* OwnerProvider
    const signIns = yield* SignIns
    const settings = yield* Settings
    const attempts = yield* Attempts
    const proxies = yield* TrustedProxies
    const log = (yield* Logger).named("starpunk.owner")
    const startSession = yield* startOwnerSession
    const ways = yield* Owner
    const passkeys = yield* Passkeys
    const clientId = `${settings.siteUrl}/`
    const redirectUri = `${settings.siteUrl}/auth/callback`
    const cookieName = isSecure(settings) ? "__Host-starpunk_sign_in" : "starpunk_sign_in"

    const withCookie = (response: HttpServerResponse.HttpServerResponse, value: string) =>
      setOwnCookie(response, settings, { name: cookieName, value, maxAge: value === "" ? 0 : signInLifetime })

    /** The owner's address, subject to a rate limit. */
    const owner = Effect.gen(function* () {
      if (Option.isNone(provider.page)) return yield* new PageNotFound()
      const request = yield* HttpServerRequest.HttpServerRequest
      yield* attempts.take({
        ...pace,
        guards: "secret",
        kind: "provider by address",
        key: networkOf(clientAddress(proxies, request))
      })
      return provider.page.value
    })

    const begin = Effect.gen(function* () {
      const me = yield* owner
      const next = localPath((yield* Body.form()).get("next")?.[0])
      const { authorization, issuer } = yield* provider.endpoints
      if (authorization === undefined) return yield* new ProviderUnusable({ page: me, reason: "no_endpoint" })
      const { state, verifier } = yield* signIns.begin({
        endpoint: authorization,
        ...(issuer === undefined ? {} : { issuer }),
        ...Option.match(next, { onNone: () => ({}), onSome: (path) => ({ next: path }) })
      })
      const address = new URL(authorization)
      for (const [name, value] of [
        ["response_type", "code"],
        ["client_id", clientId],
        ["redirect_uri", redirectUri],
        ["state", Redacted.value(state)],
        ["code_challenge", yield* challengeOf(Redacted.value(verifier))],
        ["code_challenge_method", challengeMethod],
        ["me", me]
      ] as const) {
        address.searchParams.set(name, value)
      }
      // Browsers with `form-action 'self'` do not follow a redirect to another site after a form, so this is a page.
      const page = pageResponse(<Leaving address={address.href} site={yield* theSite} />, {
        headers: {
          refresh: `0; url=${address.href}`,
          "referrer-policy": "no-referrer"
        }
      })
      return withCookie(page, Redacted.value(verifier))
    })

    const finish = Effect.gen(function* () {
      const me = yield* owner
      const given = yield* answer
      const { cookies } = yield* HttpServerRequest.HttpServerRequest
      const verifier = Redacted.make(cookies[cookieName] ?? "")
      const signIn = yield* signIns.finish(Redacted.make(given.state ?? ""), verifier)
      yield* checkIssuer(signIn, given)
      if (given.error !== undefined) return yield* refusalOf(given.error)
      if (given.code === undefined) return yield* new SignInRefused({ reason: "provider" })
      const code = Redacted.make(given.code)
      const signedIn = yield* provider.redeem({ code, endpoint: signIn.endpoint, clientId, redirectUri, verifier })
      if (!isSameProfile(signedIn.me, me)) return yield* new MeMismatch({ expected: me, given: signedIn.me })
      // The provider may still know a borrowed browser, so its confirmation counts only if there is no other way.
      const isOnlyWayIn = !(yield* ways.state).claimed && (yield* passkeys.list).length === 0
      const response = yield* startSession(signIn.next, isOnlyWayIn)
      yield* log.info("Owner logged in", { by: `provider ${new URL(signIn.endpoint).host}` })
      return withCookie(response, "")
    })

    yield* routes.add(loginForm, "POST", "/auth/indieauth", begin)
    yield* routes.add({ ...loginPage, activity: true }, "GET", "/auth/callback", finish)
  })
)
