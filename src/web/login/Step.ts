import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option, Redacted } from "effect"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { LoginStepExpired } from "../../errors/failure/Login.js"
import { type LoginStepKind, LoginSteps } from "../../services/LoginSteps.js"
import { Settings } from "../../settings/Config.js"
import { ownCookieName, setOwnCookie } from "../http/SessionCookie.js"

/** The cookie by which a browser goes on with what it has begun. */
const stepCookie = "starpunk_login"

/** How long the next step may take: long enough to look for the phone. */
const patience = Duration.minutes(5)

/** Steps of a login, or of making a passkey, each bound to the browser that began it by a cookie. */
export const loginSteps = Effect.gen(function* () {
  const steps = yield* LoginSteps
  const settings = yield* Settings
  const name = ownCookieName(settings, stepCookie)

  const token = Effect.map(HttpServerRequest.HttpServerRequest, ({ cookies }) => Redacted.make(cookies[name] ?? ""))
  const orExpired = <R>(
    found: Effect.Effect<Option.Option<string>, DatabaseFailure, R>
  ): Effect.Effect<string, LoginStepExpired | DatabaseFailure, R> =>
    Effect.flatMap(found, Option.match({ onNone: () => new LoginStepExpired(), onSome: Effect.succeed }))

  return {
    /** Remembers `data`, and lets the response tell the browser by what to ask for it. */
    begin: (kind: LoginStepKind, data: string, response: HttpServerResponse.HttpServerResponse) =>
      Effect.map(steps.begin(kind, data, patience), (token) =>
        setOwnCookie(response, settings, { name, value: Redacted.value(token), maxAge: patience })
      ),
    /** What this browser has begun. */
    current: (kind: LoginStepKind) => orExpired(Effect.flatMap(token, (token) => steps.find(kind, token))),
    /** As `current`, the only time. */
    finish: (kind: LoginStepKind) => orExpired(Effect.flatMap(token, (token) => steps.take(kind, token))),
    /** Takes the cookie from the browser. */
    forget: (response: HttpServerResponse.HttpServerResponse) =>
      setOwnCookie(response, settings, { name, value: "", maxAge: 0 })
  }
})
