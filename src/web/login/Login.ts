import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Option, Redacted } from "effect"
import { localPath } from "../../domain/login/LocalPath.js"
import { isProofFresh } from "../../domain/login/Session.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { Logger } from "../../services/Logger.js"
import { Owner } from "../../services/Owner.js"
import { SessionManager } from "../../services/SessionManager.js"
import { texts } from "../../texts/Texts.js"
import * as Body from "../http/Body.js"
import { OwnerAuth, OwnerSession } from "../http/OwnerAuth.js"
import { loginForm, loginPage, textForm } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { anySession } from "../http/SessionCookie.js"
import { type CurrentSite, site } from "../theme/Site.js"
import { hadSession } from "./KnownBrowser.js"
import { type LoginPageOptions, loginPages, queryParameter } from "./LoginPage.js"
import { orShow, refusalLog } from "./Refusal.js"
import { type Resume, resumedPage, resumeIn } from "./Resume.js"
import { sessionEndedPage } from "./SessionEnded.js"
import { beginOwnerSession, destination } from "./StartSession.js"
import { loginSteps } from "./Step.js"
import { throttle } from "./Throttle.js"
import { webAuthn } from "./WebAuthn.js"

/** A form of the login that carries the fields of another form. */
const resumingForm = {
  ...loginForm,
  maxBody: textForm.maxBody + loginForm.maxBody,
  maxText: textForm.maxText + loginForm.maxBody
} as const

/** Target of a login, and the form that it carries. */
interface Journey {
  readonly next: string | undefined
  readonly resume: Option.Option<Resume>
}

const pathIn = (text: string | undefined) => Option.getOrUndefined(localPath(text))

/**
 * Completes every login: starts the owner's session and redirects, or shows the carried form with a button that sends
 * it.
 */
export const arrival = Effect.gen(function* () {
  const begin = yield* beginOwnerSession
  const steps = yield* loginSteps
  const log = (yield* Logger).named("starpunk.owner")

  return (
    { next, resume }: Journey,
    by: string
  ): Effect.Effect<
    HttpServerResponse.HttpServerResponse,
    DatabaseFailure,
    HttpServerRequest.HttpServerRequest | CurrentSite
  > =>
    Effect.gen(function* () {
      const about = yield* site
      const onwards = Option.match(resume, {
        onNone: () => HttpServerResponse.redirect(destination(next), { status: 303 }),
        onSome: (kept) => resumedPage(about, kept)
      })
      const response = steps.forget(yield* begin(onwards, true))
      yield* log.info("Owner logged in", { by })
      return response
    })
})

/** `/auth/confirm`: asks the owner to authenticate again, and continues. */
const confirmation = Routes.use((routes) =>
  Effect.gen(function* () {
    const pages = yield* loginPages
    yield* routes.add(
      { ...loginPage, caller: "owner" },
      "GET",
      "/auth/confirm",
      Effect.gen(function* () {
        const next = pathIn(yield* queryParameter("next"))
        const session = yield* OwnerSession
        return isProofFresh(session, yield* Clock.currentTimeMillis)
          ? HttpServerResponse.redirect(destination(next), { status: 303 })
          : yield* pages.login({ next, confirms: true })
      })
    )
  })
)

/** `/auth/login`, `/auth/login/code`, `/auth/resume` and `/auth/passkey/options`. */
const login = Routes.use((routes) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const sessions = yield* SessionManager
    const pages = yield* loginPages
    const steps = yield* loginSteps
    const throttled = yield* throttle
    const arrive = yield* arrival
    const passkeys = yield* webAuthn
    const logRefusal = yield* refusalLog
    const mayCarry = yield* hadSession(pages.settings)

    /** A form of the login, and the form that it carries. Only a browser that had a session here may carry one. */
    const submitted = Effect.gen(function* () {
      const carries = yield* mayCarry
      const fields = yield* Body.form(carries ? undefined : { maxBytes: loginForm.maxBody })
      const journey: Journey = {
        next: pathIn(fields.get("next")?.[0]),
        resume: carries ? resumeIn(fields) : Option.none()
      }
      return { fields, journey }
    })

    /** Shows the login form again after a refusal, with its carried form. */
    const loginAgain = (options: LoginPageOptions) =>
      Effect.flatMap(anySession(sessions), (session) => pages.login({ ...options, confirms: Option.isSome(session) }))

    /** Continues with the one-time code if the owner has enabled it; otherwise completes the login. */
    const afterFirst = (journey: Journey, by: string, isTwoFactors: boolean) =>
      Effect.gen(function* () {
        const asksForCode = !isTwoFactors && (yield* owner.state).codesSince !== undefined
        if (!asksForCode) return yield* arrive(journey, by)
        const query = journey.next === undefined ? "" : `?${new URLSearchParams({ next: destination(journey.next) })}`
        const onwards = Option.isSome(journey.resume)
          ? yield* pages.code(journey)
          : HttpServerResponse.redirect(`/auth/login/code${query}`, { status: 303 })
        return yield* steps.begin("second_step", by, onwards)
      })

    const withPassphrase = (journey: Journey, passphrase: Redacted.Redacted) =>
      Effect.gen(function* () {
        yield* throttled.attempt("passphrase", owner.verifyPassphrase(passphrase))
        return yield* afterFirst(journey, "passphrase", false)
      })

    /** Only a valid response uses up the challenge, so invalid ones store nothing. */
    const answered = (assertion: string) =>
      Effect.gen(function* () {
        const challenge = yield* steps.current("passkey_login")
        const verified = yield* passkeys.verifyLogin(assertion, challenge)
        yield* steps.finish("passkey_login")
        return verified
      })

    const withPasskey = (journey: Journey, assertion: string) =>
      Effect.gen(function* () {
        const { passkey, userVerified } = yield* throttled.attempt("passkey", answered(assertion))
        return yield* afterFirst(journey, `passkey ${passkey.name}`, userVerified)
      })

    const withCode = (journey: Journey, code: string) =>
      Effect.gen(function* () {
        const first = yield* steps.current("second_step")
        const proved = Effect.zipRight(owner.useCode(code), steps.finish("second_step"))
        yield* throttled.attempt("code", proved)
        return yield* arrive(journey, `${first}, code`)
      })

    yield* routes.add(
      loginPage,
      "GET",
      "/auth/login",
      Effect.gen(function* () {
        const next = pathIn(yield* queryParameter("next"))
        const session = yield* anySession(sessions)
        if (Option.isSome(session)) return HttpServerResponse.redirect(destination(next), { status: 303 })
        const reasons: Readonly<Record<string, string>> = texts.login.ended
        return yield* pages.login({ next, notice: reasons[(yield* queryParameter("ended")) ?? ""] })
      })
    )

    yield* routes.add(
      resumingForm,
      "POST",
      "/auth/login",
      Effect.gen(function* () {
        const { fields, journey } = yield* submitted
        const assertion = fields.get("passkey")?.[0] ?? ""
        const passphrase = Redacted.make(fields.get("passphrase")?.[0] ?? "")
        return yield* Effect.if(assertion === "", {
          onTrue: () => withPassphrase(journey, passphrase),
          onFalse: () => withPasskey(journey, assertion)
        }).pipe(orShow(logRefusal, (refused) => loginAgain({ ...journey, refused })))
      })
    )

    yield* routes.add(
      loginPage,
      "GET",
      "/auth/login/code",
      Effect.gen(function* () {
        const next = pathIn(yield* queryParameter("next"))
        yield* steps.current("second_step")
        return yield* pages.code({ next })
      }).pipe(orShow(logRefusal, (refused) => pages.login({ refused })))
    )

    yield* routes.add(
      resumingForm,
      "POST",
      "/auth/login/code",
      Effect.gen(function* () {
        const { fields, journey } = yield* submitted
        return yield* withCode(journey, fields.get("code")?.[0] ?? "").pipe(
          orShow(logRefusal, (refused, { _tag }) =>
            _tag === "LoginStepExpired" ? pages.login({ ...journey, refused }) : pages.code({ ...journey, refused })
          )
        )
      })
    )

    yield* routes.add(
      resumingForm,
      "POST",
      "/auth/resume",
      Effect.gen(function* () {
        const { journey } = yield* submitted
        const session = yield* anySession(sessions)
        if (Option.isNone(journey.resume)) {
          return HttpServerResponse.redirect(destination(journey.next), { status: 303 })
        }
        const page = Option.isSome(session) ? resumedPage : sessionEndedPage
        return page(yield* site, journey.resume.value)
      })
    )

    yield* routes.add(
      { ...loginForm, maxBody: 0, activity: false },
      "POST",
      "/auth/passkey/options",
      Effect.gen(function* () {
        yield* throttled.work("passkey")
        const { challenge, options } = yield* passkeys.askForLogin
        return yield* steps.begin("passkey_login", challenge, HttpServerResponse.unsafeJson(options))
      })
    )
  })
)

/** Routes for the owner's login. */
export const routes = Layer.merge(login, confirmation.pipe(Layer.provide(OwnerAuth)))
