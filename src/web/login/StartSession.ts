import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option, type Redacted } from "effect"
import { localPath } from "../../domain/login/LocalPath.js"
import type { NewSession } from "../../domain/login/Session.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { Devices } from "../../services/Devices.js"
import { SessionManager } from "../../services/SessionManager.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings, type SettingsValues } from "../../settings/Config.js"
import { clientAddress } from "../http/Client.js"
import { sessionToken, withSession } from "../http/SessionCookie.js"
import { withMark } from "./KnownBrowser.js"

/** Page after a login without a target. */
const ownersHome = "/admin/"

/** Target after a login: the requested path if it is one of this site, otherwise the owner's list of posts. */
export const destination = (next: string | undefined): string => Option.getOrElse(localPath(next), () => ownersHome)

/** The owner's identity: the site itself, unless a setting names another. */
export const ownerIdentity = ({ adminMe, siteUrl }: Pick<SettingsValues, "adminMe" | "siteUrl">): string =>
  Option.getOrElse(adminMe, () => `${siteUrl}/`)

/** Maximum length of a stored User-Agent. */
const longestUserAgent = 256

/**
 * Starts the owner's session after authentication, and sets its cookie on a response. `proved` says whether this login
 * counts as recent authentication (`proven_owner`). An existing session of the browser ends in the same transaction
 * (ASVS 5.0, 7.2.4). Stores the client address for the list of sessions, and gives the browser a device mark.
 */
export const beginOwnerSession: Effect.Effect<
  (
    response: HttpServerResponse.HttpServerResponse,
    proved: boolean
  ) => Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, HttpServerRequest.HttpServerRequest>,
  never,
  Devices | SessionManager | Settings | TrustedProxies
> = Effect.gen(function* () {
  const devices = yield* Devices
  const sessions = yield* SessionManager
  const settings = yield* Settings
  const proxies = yield* TrustedProxies

  const start = (
    request: HttpServerRequest.HttpServerRequest,
    proved: boolean
  ): Effect.Effect<Redacted.Redacted, DatabaseFailure> => {
    const userAgent = request.headers["user-agent"]?.slice(0, longestUserAgent)
    const address = clientAddress(proxies, request)
    const session: NewSession = {
      owner: ownerIdentity(settings),
      proved,
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(address === "" ? {} : { address })
    }
    const old = sessionToken(request, settings)
    return old === undefined ? sessions.create(session) : sessions.rotate(old, session)
  }

  return (response, proved) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
      Effect.gen(function* () {
        const token = yield* start(request, proved)
        return withMark(withSession(response, settings, token), settings, yield* devices.mark)
      })
    )
})

/**
 * Like `beginOwnerSession`, and then redirects to `next` if it is a path of this site, or to the owner's posts. For every
 * login that ends with a redirect:
 *
 * ```ts
 * const start = yield* startOwnerSession // when the routes are built
 * return yield* start(next, true) // when the owner is known
 * ```
 */
export const startOwnerSession: Effect.Effect<
  (
    next: string | undefined,
    proved: boolean
  ) => Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, HttpServerRequest.HttpServerRequest>,
  never,
  Devices | SessionManager | Settings | TrustedProxies
> = Effect.map(
  beginOwnerSession,
  (begin) => (next, proved) => begin(HttpServerResponse.redirect(destination(next), { status: 303 }), proved)
)
