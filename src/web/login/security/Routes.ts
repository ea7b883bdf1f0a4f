import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Redacted, Schema } from "effect"
import { isSecret, makeSecret, secretBytes } from "../../../domain/login/OneTimeCode.js"
import { passkeyName } from "../../../domain/login/Passkey.js"
import { isProofFresh, type Session } from "../../../domain/login/Session.js"
import { LoginStepExpired } from "../../../errors/Login.js"
import { Owner } from "../../../services/Owner.js"
import { Passkeys } from "../../../services/Passkeys.js"
import { SecureRandom } from "../../../services/SecureRandom.js"
import { SessionManager } from "../../../services/SessionManager.js"
import * as Body from "../../http/Body.js"
import { OwnerAuth, OwnerSession, ProofAuth, ProvenOwnerSession } from "../../http/OwnerAuth.js"
import { ownerPage, provenOwnerForm, provenOwnerPage } from "../../http/RoutePolicy.js"
import { Routes } from "../../http/Routes.js"
import { queryParameter } from "../LoginPage.js"
import { orShow, refusalLog } from "../Refusal.js"
import { newPassphraseIn } from "../Setup.js"
import { beginOwnerSession } from "../StartSession.js"
import { loginSteps } from "../Step.js"
import { throttle } from "../Throttle.js"
import { webAuthn } from "../WebAuthn.js"
import { codesPages } from "./CodesPage.js"
import { securityPage } from "./SecurityPage.js"

const backWith = (done: string) => HttpServerResponse.redirect(`/admin/security?done=${done}`, { status: 303 })

/** A passkey that is being created, and its session. */
const PasskeyStep = Schema.parseJson(Schema.Struct({ challenge: Schema.String, session: Schema.String }))

const page = Routes.use((routes) =>
  Effect.gen(function* () {
    const show = yield* securityPage
    yield* routes.add(
      ownerPage,
      "GET",
      "/admin/security",
      Effect.gen(function* () {
        const session = yield* OwnerSession
        const mayChange = isProofFresh(session, yield* Clock.currentTimeMillis)
        return yield* show({ mayChange, done: yield* queryParameter("done") })
      })
    )
  })
)

const passphrase = Routes.use((routes) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const sessions = yield* SessionManager
    const begin = yield* beginOwnerSession
    const show = yield* securityPage
    const logRefusal = yield* refusalLog
    const throttled = yield* throttle

    const endOthers = (current: Session) =>
      Effect.gen(function* () {
        const others = (yield* sessions.list).filter(({ id }) => id !== current.id)
        yield* Effect.forEach(others, ({ id }) => sessions.end(id), { discard: true })
      })

    yield* routes.add(
      provenOwnerForm,
      "POST",
      "/admin/security/passphrase",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        const fields = yield* Body.form()
        const next = yield* newPassphraseIn(fields)
        const change = owner.changePassphrase(Redacted.make(fields.get("current")?.[0] ?? ""), next)
        yield* throttled.attempt("passphrase", change)
        yield* endOthers(session)
        return yield* begin(backWith("passphrase"), true)
      }).pipe(orShow(logRefusal, (refused) => show({ mayChange: true, refused })))
    )
  })
)

const passkeys = Routes.use((routes) =>
  Effect.gen(function* () {
    const kept = yield* Passkeys
    const sessions = yield* SessionManager
    const steps = yield* loginSteps
    const ceremony = yield* webAuthn
    const show = yield* securityPage
    const logRefusal = yield* refusalLog
    const encodeStep = Schema.encodeSync(PasskeyStep)
    const decodeStep = Schema.decode(PasskeyStep)

    yield* routes.add(
      provenOwnerPage,
      "POST",
      "/admin/security/passkeys/options",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        const { challenge, options } = yield* ceremony.askForNew
        const step = encodeStep({ challenge, session: session.id })
        return yield* steps.begin("passkey_add", step, HttpServerResponse.unsafeJson(options))
      })
    )

    yield* routes.add(
      provenOwnerForm,
      "POST",
      "/admin/security/passkeys",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        const fields = yield* Body.form()
        const step = yield* steps.finish("passkey_add").pipe(
          Effect.flatMap(decodeStep),
          Effect.catchTag("ParseError", () => new LoginStepExpired())
        )
        if (step.session !== session.id) return yield* new LoginStepExpired()
        yield* ceremony.keepNew(fields.get("passkey")?.[0] ?? "", step.challenge, fields.get("name")?.[0])
        yield* sessions.distrustOthers(session.id)
        return steps.forget(backWith("passkey-added"))
      }).pipe(orShow(logRefusal, (refused) => show({ mayChange: true, refused })))
    )

    yield* routes.add(
      provenOwnerForm,
      "POST",
      "/admin/security/passkeys/rename",
      Effect.gen(function* () {
        const fields = yield* Body.form()
        yield* kept.rename(fields.get("id")?.[0] ?? "", passkeyName(fields.get("name")?.[0]))
        return backWith("passkey-renamed")
      })
    )

    yield* routes.add(
      provenOwnerForm,
      "POST",
      "/admin/security/passkeys/remove",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        const fields = yield* Body.form()
        yield* kept.remove(fields.get("id")?.[0] ?? "")
        yield* sessions.distrustOthers(session.id)
        return backWith("passkey-removed")
      })
    )
  })
)

const codes = Routes.use((routes) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const random = yield* SecureRandom
    const sessions = yield* SessionManager
    const begin = yield* beginOwnerSession
    const pages = yield* codesPages
    const logRefusal = yield* refusalLog
    const freshSecret = Effect.flatMap(random.bytes(secretBytes), makeSecret)

    yield* routes.add(
      provenOwnerPage,
      "GET",
      "/admin/security/codes",
      Effect.gen(function* () {
        return yield* pages.scan(yield* freshSecret)
      })
    )

    /**
     * The session that enters the first code is fully authenticated by the new requirements; other sessions are not.
     */
    const enrol = Effect.fnUntraced(function* (session: Session, secret: Redacted.Redacted, code: string) {
      const page = yield* pages.recovery
      const recovery = yield* owner.enrolCodes(secret, code)
      yield* sessions.distrustOthers(session.id)
      return yield* begin(page(recovery), true)
    })

    yield* routes.add(
      provenOwnerForm,
      "POST",
      "/admin/security/codes",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        const fields = yield* Body.form()
        const text = fields.get("secret")?.[0] ?? ""
        if (!isSecret(text)) return yield* pages.scan(yield* freshSecret)
        const secret = Redacted.make(text)
        return yield* enrol(session, secret, fields.get("code")?.[0] ?? "").pipe(
          orShow(logRefusal, (refused) => pages.scan(secret, refused))
        )
      })
    )

    yield* routes.add(
      provenOwnerPage,
      "POST",
      "/admin/security/codes/off",
      Effect.gen(function* () {
        const session = yield* ProvenOwnerSession
        yield* owner.dropCodes
        yield* sessions.distrustOthers(session.id)
        return backWith("codes-off")
      })
    )
  })
)

/** `/admin/security`: the owner's passphrase, passkeys and codes. Each change requires recent authentication. */
export const routes = Layer.merge(
  page.pipe(Layer.provide(OwnerAuth)),
  Layer.mergeAll(passphrase, passkeys, codes).pipe(Layer.provide(ProofAuth))
)
