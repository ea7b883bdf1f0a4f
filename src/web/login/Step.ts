import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option, Redacted } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import { LoginStepExpired } from "../../errors/Login.js"
import { type LoginStepKind, LoginSteps } from "../../services/LoginSteps.js"
import { Settings } from "../../settings/Config.js"
import { ownCookieName, setOwnCookie } from "../http/SessionCookie.js"

/** Cookie of a login in progress. */
const stepCookie = "starpunk_login"

/** Maximum time for the next step: enough to find the phone. */
const patience = Duration.minutes(5)

/** Steps of a login, or of creating a passkey, each bound to its browser by a cookie. */
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
    /** Stores `data` in a signed cookie of the response. */
    begin: (kind: LoginStepKind, data: string, response: HttpServerResponse.HttpServerResponse) =>
      Effect.map(steps.begin(kind, data, patience), (token) =>
        setOwnCookie(response, settings, { name, value: Redacted.value(token), maxAge: patience })
      ),
    /** The data of this browser's step. */
    current: (kind: LoginStepKind) => orExpired(Effect.flatMap(token, (token) => steps.find(kind, token))),
    /** As `current`, and ends the step. */
    finish: (kind: LoginStepKind) => orExpired(Effect.flatMap(token, (token) => steps.take(kind, token))),
    /** Removes the cookie. */
    forget: (response: HttpServerResponse.HttpServerResponse) =>
      setOwnCookie(response, settings, { name, value: "", maxAge: 0 })
  }
})
