import { HttpLayerRouter, type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option, Redacted } from "effect"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { Logger } from "../../services/Logger.js"
import { Owner } from "../../services/Owner.js"
import { SessionManager } from "../../services/SessionManager.js"
import * as Body from "../http/Body.js"
import { anySession, ownCookieName, setOwnCookie } from "../http/OwnerSession.js"
import { loginPages, queryParameter } from "./LoginPage.js"
import { orShow, refusalLog } from "./Refusal.js"
import { type Resume, resumedPage, resumeIn } from "./Resume.js"
import { beginOwnerSession, destination } from "./StartSession.js"
import { loginSteps } from "./Step.js"
import { type Admitted, deviceCookie, throttle } from "./Throttle.js"
import { webAuthn } from "./WebAuthn.js"

/** A login that carries a long text along, percent-encoded, takes more than other forms. */
const loginBody: Body.BodyLimit = { maxBytes: 4_194_304 }

/** How long a browser is known to have logged in here before. */
const deviceRemembered = Duration.days(365)

const ended: Readonly<Record<string, string>> = {
  idle: "You were away for a while, and have been logged out. After logging in you are back where you were.",
  absolute: "Your session has ended, as every session does after a while. After logging in you are back where you were."
}

/** Where a login leads, and what it carries along. */
interface Journey {
  readonly next: string | undefined
  readonly resume: Option.Option<Resume>
}

const journeyIn = (fields: Body.FormFields): Journey => ({ next: fields.get("next")?.[0], resume: resumeIn(fields) })

/**
 * What every login ends with: the owner's session, a mark for the browser, and the way on; what was carried along is
 * shown with a button that sends it.
 */
export const arrival = Effect.gen(function* () {
  const begin = yield* beginOwnerSession
  const owner = yield* Owner
  const steps = yield* loginSteps
  const { settings, site } = yield* loginPages
  const log = (yield* Logger).named("starpunk.owner")

  return (
    { next, resume }: Journey,
    by: string
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
    Effect.gen(function* () {
      const onwards = Option.match(resume, {
        onNone: () => HttpServerResponse.redirect(destination(next), { status: 303 }),
        onSome: (kept) => resumedPage(site, kept)
      })
      const response = steps.forget(yield* begin(onwards))
      yield* log.info("Owner logged in", { by })
      return Option.match(yield* owner.markDevice, {
        onNone: () => response,
        onSome: (mark) =>
          setOwnCookie(response, settings, {
            name: ownCookieName(settings, deviceCookie),
            value: Redacted.value(mark),
            maxAge: deviceRemembered
          })
      })
    })
})

/** `/auth/login`, `/auth/login/code` and `/auth/passkey/options`. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const sessions = yield* SessionManager
    const pages = yield* loginPages
    const steps = yield* loginSteps
    const admit = yield* throttle
    const arrive = yield* arrival
    const passkeys = yield* webAuthn
    const tell = yield* refusalLog

    /** On to the code, where the owner asks for one; in otherwise. */
    const afterFirst = (journey: Journey, by: string, isTwoFactors: boolean, { welcome }: Admitted) =>
      Effect.gen(function* () {
        yield* welcome
        const asksForCode = !isTwoFactors && (yield* owner.state).codesSince !== undefined
        if (!asksForCode) return yield* arrive(journey, by)
        const query = journey.next === undefined ? "" : `?${new URLSearchParams({ next: destination(journey.next) })}`
        const onwards = Option.isSome(journey.resume)
          ? pages.code(journey)
          : HttpServerResponse.redirect(`/auth/login/code${query}`, { status: 303 })
        return yield* steps.begin("second_step", by, onwards)
      })

    const withPassphrase = (journey: Journey, passphrase: Redacted.Redacted) =>
      Effect.gen(function* () {
        const admitted = yield* admit("passphrase")
        yield* owner.verifyPassphrase(passphrase)
        return yield* afterFirst(journey, "passphrase", false, admitted)
      })

    const withPasskey = (journey: Journey, assertion: string) =>
      Effect.gen(function* () {
        const admitted = yield* admit("passkey")
        const challenge = yield* steps.finish("passkey_login")
        const { passkey, userVerified } = yield* passkeys.verifyLogin(assertion, challenge)
        return yield* afterFirst(journey, `passkey ${passkey.name}`, userVerified, admitted)
      })

    const withCode = (journey: Journey, code: string) =>
      Effect.gen(function* () {
        const { welcome } = yield* admit("code")
        const first = yield* steps.current("second_step")
        yield* owner.useCode(code)
        yield* steps.finish("second_step")
        yield* welcome
        return yield* arrive(journey, `${first}, code`)
      })

    yield* router.add(
      "GET",
      "/auth/login",
      Effect.gen(function* () {
        const next = yield* queryParameter("next")
        const session = yield* anySession(sessions)
        if (Option.isSome(session)) return HttpServerResponse.redirect(destination(next), { status: 303 })
        return yield* pages.login({ next, notice: ended[(yield* queryParameter("ended")) ?? ""] })
      })
    )

    yield* router.add(
      "POST",
      "/auth/login",
      Effect.gen(function* () {
        const fields = yield* Body.form(loginBody)
        const journey = journeyIn(fields)
        const assertion = fields.get("passkey")?.[0] ?? ""
        const passphrase = Redacted.make(fields.get("passphrase")?.[0] ?? "")
        return yield* Effect.if(assertion === "", {
          onTrue: () => withPassphrase(journey, passphrase),
          onFalse: () => withPasskey(journey, assertion)
        }).pipe(orShow(tell, (refused) => pages.login({ ...journey, refused })))
      })
    )

    yield* router.add(
      "GET",
      "/auth/login/code",
      Effect.gen(function* () {
        const next = yield* queryParameter("next")
        yield* steps.current("second_step")
        return pages.code({ next })
      }).pipe(orShow(tell, (refused) => pages.login({ refused })))
    )

    yield* router.add(
      "POST",
      "/auth/login/code",
      Effect.gen(function* () {
        const fields = yield* Body.form(loginBody)
        const journey = journeyIn(fields)
        return yield* withCode(journey, fields.get("code")?.[0] ?? "").pipe(
          orShow(tell, (refused, { _tag }) =>
            _tag === "LoginStepExpired"
              ? pages.login({ ...journey, refused })
              : Effect.succeed(pages.code({ ...journey, refused }))
          )
        )
      })
    )

    yield* router.add(
      "POST",
      "/auth/passkey/options",
      Effect.gen(function* () {
        yield* admit("passkey")
        const { challenge, options } = yield* passkeys.askForLogin
        return yield* steps.begin("passkey_login", challenge, HttpServerResponse.unsafeJson(options))
      })
    )
  })
)
