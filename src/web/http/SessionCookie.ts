import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { type Duration, Effect, type Option, Redacted } from "effect"
import type { Session } from "../../domain/login/Session.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import type { SessionExpired } from "../../errors/failure/Session.js"
import type { SessionManager } from "../../services/SessionManager.js"
import type { SettingsValues } from "../../settings/Config.js"

const plainName = "starpunk_session"

/** Browsers take a cookie of such a name only over https, for this host alone and for all of it (RFC 6265bis §4.1.3.2). */
const hostPrefix = "__Host-"

/** What decides how the cookie is called and kept. */
export type CookieSettings = Pick<SettingsValues, "siteUrl" | "session">

/** Whether browsers speak to the site over TLS, so that cookies may be `Secure` and bound to the host. */
export const isSecure = ({ siteUrl }: Pick<SettingsValues, "siteUrl">): boolean => siteUrl.startsWith("https://")

/** Browsers send a cookie to every port of a host (RFC 6265 §8.5), so two sites on one host must not share its name. */
const portSuffix = (siteUrl: string): string => {
  const { port } = new URL(siteUrl)
  return port === "" ? "" : `_${port}`
}

/** How a cookie of ours is called: bound to the host where https allows it, and to the site's port where it has one. */
export const ownCookieName = (settings: Pick<SettingsValues, "siteUrl">, name: string): string =>
  `${isSecure(settings) ? hostPrefix : ""}${name}${portSuffix(settings.siteUrl)}`

/** The value of a cookie of ours, under its name of today, or as it was called before it had the port. */
export const ownCookie = (
  cookies: HttpServerRequest.HttpServerRequest["cookies"],
  settings: Pick<SettingsValues, "siteUrl">,
  name: string
): string | undefined =>
  [ownCookieName(settings, name), `${hostPrefix}${name}`, name]
    .map((candidate) => cookies[candidate])
    .find((value) => value !== undefined && value !== "")

/** The name of the cookie that holds the owner's session token. */
export const sessionCookieName = (settings: Pick<SettingsValues, "siteUrl">): string =>
  ownCookieName(settings, plainName)

/** A session's cookie: of this site or of another one on the same host, or as it was called before it had the port. */
const sessionName = /^(?:__Host-)?starpunk_session(?:_\d{1,5})?$/

/** More sites on one host than anybody has, so that a request full of cookies costs little. */
const mostTokens = 8

/**
 * The session tokens that came with a request; those of other sites on the host open nothing here. That names are read
 * which are not set any more lets nobody in either: whoever could slip one to the browser would need a living session's
 * token to put in it.
 */
const sessionTokens = ({ cookies }: HttpServerRequest.HttpServerRequest): ReadonlyArray<Redacted.Redacted> =>
  Object.entries(cookies)
    .filter(([name, value]) => sessionName.test(name) && value !== "")
    .slice(0, mostTokens)
    .map(([, value]) => Redacted.make(value))

/** Whether a session's token came with a request, living or not. */
export const hasSessionToken = (request: HttpServerRequest.HttpServerRequest): boolean =>
  sessionTokens(request).length > 0

/** The session token of this site that came with a request. */
export const sessionToken = (
  { cookies }: HttpServerRequest.HttpServerRequest,
  settings: Pick<SettingsValues, "siteUrl">
): Redacted.Redacted | undefined => {
  const value = ownCookie(cookies, settings, plainName)
  return value === undefined ? undefined : Redacted.make(value)
}

/** The owner's living session. Reads the cookies, and nothing of the body. */
export const ownerSession = (
  sessions: SessionManager["Type"]
): Effect.Effect<Session, SessionExpired | DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const [first = Redacted.make(""), ...others] = sessionTokens(request)
    return others.reduce(
      (earlier, token) => Effect.catchTag(earlier, "SessionExpired", () => sessions.validate(token)),
      sessions.validate(first)
    )
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
