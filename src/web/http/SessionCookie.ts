import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { type Duration, Effect, type Option, Redacted } from "effect"
import type { Session } from "../../domain/login/Session.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { SessionExpired } from "../../errors/Session.js"
import type { SessionManager } from "../../services/SessionManager.js"
import type { SettingsValues } from "../../settings/Config.js"

const plainName = "starpunk_session"

/**
 * Browsers accept a cookie with this prefix only over https, for this host only and for all of its paths (RFC 6265bis
 * §4.1.3.2).
 */
const hostPrefix = "__Host-"

/** Settings that the cookie's name and attributes depend on. */
export type CookieSettings = Pick<SettingsValues, "siteUrl" | "session">

/** Returns whether browsers use https, so that cookies can be `Secure` and bound to the host. */
export const isSecure = ({ siteUrl }: Pick<SettingsValues, "siteUrl">): boolean => siteUrl.startsWith("https://")

/**
 * Suffix of the port in a cookie's name: browsers send a cookie to every port of a host (RFC 6265 §8.5), so two sites
 * on one host need different names.
 */
const portSuffix = (siteUrl: string): string => {
  const { port } = new URL(siteUrl)
  return port === "" ? "" : `_${port}`
}

/** The full name of a cookie: bound to the host on https, with the site's port if it has one. */
export const ownCookieName = (settings: Pick<SettingsValues, "siteUrl">, name: string): string =>
  `${isSecure(settings) ? hostPrefix : ""}${name}${portSuffix(settings.siteUrl)}`

/** The value of a cookie, under its current name, or under former names without the port. */
export const ownCookie = (
  cookies: HttpServerRequest.HttpServerRequest["cookies"],
  settings: Pick<SettingsValues, "siteUrl">,
  name: string
): string | undefined =>
  [ownCookieName(settings, name), `${hostPrefix}${name}`, name]
    .map((candidate) => cookies[candidate])
    .find((value) => value !== undefined && value !== "")

/** Name of the cookie with the owner's session token. */
const sessionCookieName = (settings: Pick<SettingsValues, "siteUrl">): string => ownCookieName(settings, plainName)

/** Names of session cookies: of this site or of another one on the same host, or a former name without the port. */
const sessionName = /^(?:__Host-)?starpunk_session(?:_\d{1,5})?$/

const sessionNameIn = /(?:^|;)\s*(?:__Host-)?starpunk_session(?:_\d{1,5})?\s*=/

/** Returns whether a `Cookie` header names a session, valid or not. */
export const isSessionCookieIn = (cookies: string | ReadonlyArray<string> | undefined): boolean =>
  cookies !== undefined && sessionNameIn.test(typeof cookies === "string" ? cookies : cookies.join(";"))

/** Maximum number of session cookies that are checked, so that a request full of cookies costs little. */
const mostTokens = 8

/**
 * Session tokens of a request; those of other sites on the host are not valid here. Former cookie names are safe to
 * read, because a forged cookie would need the token of an active session.
 */
const sessionTokens = ({ cookies }: HttpServerRequest.HttpServerRequest): ReadonlyArray<Redacted.Redacted> =>
  Object.entries(cookies)
    .filter(([name, value]) => sessionName.test(name) && value !== "")
    .slice(0, mostTokens)
    .map(([, value]) => Redacted.make(value))

/** Returns whether a request has a session token, valid or not. */
export const hasSessionToken = (request: HttpServerRequest.HttpServerRequest): boolean =>
  sessionTokens(request).length > 0

/** The session token of this site in a request. */
export const sessionToken = (
  { cookies }: HttpServerRequest.HttpServerRequest,
  settings: Pick<SettingsValues, "siteUrl">
): Redacted.Redacted | undefined => {
  const value = ownCookie(cookies, settings, plainName)
  return value === undefined ? undefined : Redacted.make(value)
}

/** The owner's active session. Reads cookies only, not the body. */
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

/** The owner's active session, if there is one, for public pages that differ for the owner. */
export const anySession = (
  sessions: SessionManager["Type"]
): Effect.Effect<Option.Option<Session>, DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.asSome(ownerSession(sessions)).pipe(Effect.catchTag("SessionExpired", () => Effect.succeedNone))

/**
 * Sets a cookie that scripts cannot read, that other sites' forms do not send, and that is valid for the whole site.
 */
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

/** Sets the session cookie, for the maximum lifetime of a session; the server ends idle sessions earlier. */
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

/** Removes the session cookie. */
export const withoutSession = (
  response: HttpServerResponse.HttpServerResponse,
  settings: Pick<SettingsValues, "siteUrl">
): HttpServerResponse.HttpServerResponse =>
  setOwnCookie(response, settings, { name: sessionCookieName(settings), value: "", maxAge: 0 })
