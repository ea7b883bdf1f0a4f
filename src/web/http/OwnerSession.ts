import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, type Duration, Effect, type Option, Redacted } from "effect"
import type { SettingsValues } from "../../Config.js"
import { isProofFresh, type Session } from "../../domain/Session.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { ProofNeeded, type SessionExpired } from "../../errors/failure/Session.js"
import type { SessionManager } from "../../services/SessionManager.js"

const plainName = "starpunk_session"

/** Browsers take a cookie of such a name only over https, for this host alone and for all of it (RFC 6265bis §4.1.3.2). */
const hostPrefix = "__Host-"

/** What decides how the cookie is called and kept. */
export type CookieSettings = Pick<SettingsValues, "siteUrl" | "session">

/** Whether browsers speak to the site over TLS, so that cookies may be `Secure` and bound to the host. */
export const isSecure = ({ siteUrl }: Pick<SettingsValues, "siteUrl">): boolean => siteUrl.startsWith("https://")

/** How a cookie of ours is called: bound to the host where https allows it. */
export const ownCookieName = (settings: Pick<SettingsValues, "siteUrl">, name: string): string =>
  isSecure(settings) ? `${hostPrefix}${name}` : name

/** The name of the cookie that holds the owner's session token; on http sites the original's. */
export const sessionCookieName = (settings: Pick<SettingsValues, "siteUrl">): string =>
  ownCookieName(settings, plainName)

/**
 * The session token that came with a request. On an https site only the first name is ever set. That the second is read
 * there too lets nobody in: whoever could slip it to the browser would need a living session's token to put in it.
 */
export const sessionToken = (request: HttpServerRequest.HttpServerRequest): Redacted.Redacted | undefined => {
  const value = request.cookies[`${hostPrefix}${plainName}`] ?? request.cookies[plainName]
  return value === undefined || value === "" ? undefined : Redacted.make(value)
}

/** The owner's living session. Reads the cookie, and nothing of the body. */
export const ownerSession = (
  sessions: SessionManager["Type"]
): Effect.Effect<Session, SessionExpired | DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    sessions.validate(sessionToken(request) ?? Redacted.make(""))
  )

/**
 * The owner's living session, if its browser proved lately to be the owner's: for whatever changes how the owner logs in, and
 * for what a borrowed session must not do.
 */
export const provenOwner = (
  sessions: SessionManager["Type"]
): Effect.Effect<Session, SessionExpired | ProofNeeded | DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function* () {
    const session = yield* ownerSession(sessions)
    return isProofFresh(session, yield* Clock.currentTimeMillis) ? session : yield* new ProofNeeded()
  })

/** The owner's living session, for what is there for everybody and only looks different for the owner. */
export const anySession = (
  sessions: SessionManager["Type"]
): Effect.Effect<Option.Option<Session>, DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.asSome(ownerSession(sessions)).pipe(Effect.catchTag("SessionExpired", () => Effect.succeedNone))

/** A cookie that no script reads, that is not sent along by other sites' forms, and that holds for the whole site. */
export const setOwnCookie = (
  response: HttpServerResponse.HttpServerResponse,
  settings: Pick<SettingsValues, "siteUrl">,
  cookie: { readonly name: string; readonly value: string; readonly maxAge: Duration.DurationInput }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.unsafeSetCookie(response, cookie.name, cookie.value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(settings),
    maxAge: cookie.maxAge
  })

/** Gives the browser the session's token, for as long as a session may live at all: the server ends it earlier when it is idle. */
export const withSession = (
  response: HttpServerResponse.HttpServerResponse,
  settings: CookieSettings,
  token: Redacted.Redacted
): HttpServerResponse.HttpServerResponse =>
  setOwnCookie(response, settings, {
    name: sessionCookieName(settings),
    value: Redacted.value(token),
    maxAge: settings.session.maxAge
  })

/** Takes the session's token from the browser. */
export const withoutSession = (
  response: HttpServerResponse.HttpServerResponse,
  settings: Pick<SettingsValues, "siteUrl">
): HttpServerResponse.HttpServerResponse =>
  setOwnCookie(response, settings, { name: sessionCookieName(settings), value: "", maxAge: 0 })
