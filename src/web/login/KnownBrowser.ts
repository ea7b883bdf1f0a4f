import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option, Redacted } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import { type Device, Devices } from "../../services/Devices.js"
import { SessionManager } from "../../services/SessionManager.js"
import type { SettingsValues } from "../../settings/Config.js"
import { ownCookie, ownCookieName, sessionToken, setOwnCookie } from "../http/SessionCookie.js"

const cookie = "starpunk_device"

/** How long a browser is remembered after a login. */
const remembered = Duration.days(365)

/** Sets the device mark of a browser that has just logged in. */
export const withMark = (
  response: HttpServerResponse.HttpServerResponse,
  settings: Pick<SettingsValues, "siteUrl">,
  mark: Redacted.Redacted
): HttpServerResponse.HttpServerResponse =>
  setOwnCookie(response, settings, {
    name: ownCookieName(settings, cookie),
    value: Redacted.value(mark),
    maxAge: remembered
  })

/** Finds the device of a request, if the owner logged in with it before. */
export const knownBrowser = (
  settings: Pick<SettingsValues, "siteUrl">
): Effect.Effect<
  Effect.Effect<Option.Option<Device>, DatabaseFailure, HttpServerRequest.HttpServerRequest>,
  never,
  Devices
> =>
  Effect.map(Devices, (devices) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ cookies }) => {
      const mark = ownCookie(cookies, settings, cookie)
      return mark === undefined ? Effect.succeed(Option.none()) : devices.find(Redacted.make(mark))
    })
  )

/** Returns whether a browser had a session here: its session is known, expired or not, or it has a device mark. */
export const hadSession = (
  settings: Pick<SettingsValues, "siteUrl">
): Effect.Effect<
  Effect.Effect<boolean, DatabaseFailure, HttpServerRequest.HttpServerRequest>,
  never,
  Devices | SessionManager
> =>
  Effect.gen(function* () {
    const known = yield* knownBrowser(settings)
    const sessions = yield* SessionManager
    return Effect.gen(function* () {
      if (Option.isSome(yield* known)) return true
      const token = sessionToken(yield* HttpServerRequest.HttpServerRequest, settings)
      if (token === undefined) return false
      return yield* sessions.validate(token).pipe(
        Effect.as(true),
        Effect.catchTag("SessionExpired", ({ reason }) => Effect.succeed(reason !== "unknown"))
      )
    })
  })
