import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Redacted, Schema } from "effect"
import { isSecret, makeSecret, secretBytes } from "../../../domain/login/OneTimeCode.js"
import { passkeyName } from "../../../domain/login/Passkey.js"
import { isProofFresh, type Session } from "../../../domain/login/Session.js"
import { LoginStepExpired } from "../../../errors/failure/Login.js"
import { Owner } from "../../../services/Owner.js"
import { Passkeys } from "../../../services/Passkeys.js"
import { SecureRandom } from "../../../services/SecureRandom.js"
import { SessionManager } from "../../../services/SessionManager.js"
import * as Body from "../../http/Body.js"
import { ownerSession, provenOwner } from "../../http/OwnerSession.js"
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

/** A passkey that is being made, and the session that it is being made in. */
const PasskeyStep = Schema.parseJson(Schema.Struct({ challenge: Schema.String, session: Schema.String }))

const page = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const show = yield* securityPage
    yield* router.add(
      "GET",
      "/admin/security",
      Effect.gen(function* () {
        const session = yield* ownerSession(sessions)
        const mayChange = isProofFresh(session, yield* Clock.currentTimeMillis)
        return yield* show({ mayChange, done: yield* queryParameter("done") })
      })
    )
  })
)

const passphrase = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const sessions = yield* SessionManager
    const begin = yield* beginOwnerSession
    const show = yield* securityPage
    const tell = yield* refusalLog
    const throttled = yield* throttle

    const endOthers = (current: Session) =>
      Effect.gen(function* () {
        const others = (yield* sessions.list).filter(({ id }) => id !== current.id)
        yield* Effect.forEach(others, ({ id }) => sessions.end(id), { discard: true })
      })

    yield* router.add(
      "POST",
      "/admin/security/passphrase",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        const fields = yield* Body.form({ maxBytes: 65_536 })
        const next = yield* newPassphraseIn(fields)
        const change = owner.changePassphrase(Redacted.make(fields.get("current")?.[0] ?? ""), next)
        yield* throttled.attempt("passphrase", change)
        yield* endOthers(session)
        return yield* begin(backWith("passphrase"), true)
      }).pipe(orShow(tell, (refused) => show({ mayChange: true, refused })))
    )
  })
)

const passkeys = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const kept = yield* Passkeys
    const sessions = yield* SessionManager
    const steps = yield* loginSteps
    const ceremony = yield* webAuthn
    const show = yield* securityPage
    const tell = yield* refusalLog
    const encodeStep = Schema.encodeSync(PasskeyStep)
    const decodeStep = Schema.decode(PasskeyStep)

    yield* router.add(
      "POST",
      "/admin/security/passkeys/options",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        const { challenge, options } = yield* ceremony.askForNew
        const step = encodeStep({ challenge, session: session.id })
        return yield* steps.begin("passkey_add", step, HttpServerResponse.unsafeJson(options))
      })
    )

    yield* router.add(
      "POST",
      "/admin/security/passkeys",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        const fields = yield* Body.form({ maxBytes: 65_536 })
        const step = yield* steps.finish("passkey_add").pipe(
          Effect.flatMap(decodeStep),
          Effect.catchTag("ParseError", () => new LoginStepExpired())
        )
        if (step.session !== session.id) return yield* new LoginStepExpired()
        yield* ceremony.keepNew(fields.get("passkey")?.[0] ?? "", step.challenge, fields.get("name")?.[0])
        yield* sessions.distrustOthers(session.id)
        return steps.forget(backWith("passkey-added"))
      }).pipe(orShow(tell, (refused) => show({ mayChange: true, refused })))
    )

    yield* router.add(
      "POST",
      "/admin/security/passkeys/rename",
      Effect.gen(function* () {
        yield* provenOwner(sessions)
        const fields = yield* Body.form({ maxBytes: 65_536 })
        yield* kept.rename(fields.get("id")?.[0] ?? "", passkeyName(fields.get("name")?.[0]))
        return backWith("passkey-renamed")
      })
    )

    yield* router.add(
      "POST",
      "/admin/security/passkeys/remove",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        const fields = yield* Body.form({ maxBytes: 65_536 })
        yield* kept.remove(fields.get("id")?.[0] ?? "")
        yield* sessions.distrustOthers(session.id)
        return backWith("passkey-removed")
      })
    )
  })
)

const codes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const random = yield* SecureRandom
    const sessions = yield* SessionManager
    const begin = yield* beginOwnerSession
    const pages = yield* codesPages
    const tell = yield* refusalLog
    const freshSecret = Effect.flatMap(random.bytes(secretBytes), makeSecret)

    yield* router.add(
      "GET",
      "/admin/security/codes",
      Effect.gen(function* () {
        yield* provenOwner(sessions)
        return yield* pages.scan(yield* freshSecret)
      })
    )

    /** The session that shows a code of the new app has proved all that a login asks for from now on; no other has. */
    const enrol = Effect.fnUntraced(function* (session: Session, secret: Redacted.Redacted, code: string) {
      const recovery = yield* owner.enrolCodes(secret, code)
      yield* sessions.distrustOthers(session.id)
      return yield* begin(pages.recovery(recovery), true)
    })

    yield* router.add(
      "POST",
      "/admin/security/codes",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        const fields = yield* Body.form({ maxBytes: 65_536 })
        const text = fields.get("secret")?.[0] ?? ""
        if (!isSecret(text)) return yield* pages.scan(yield* freshSecret)
        const secret = Redacted.make(text)
        return yield* enrol(session, secret, fields.get("code")?.[0] ?? "").pipe(
          orShow(tell, (refused) => pages.scan(secret, refused))
        )
      })
    )

    yield* router.add(
      "POST",
      "/admin/security/codes/off",
      Effect.gen(function* () {
        const session = yield* provenOwner(sessions)
        yield* owner.dropCodes
        yield* sessions.distrustOthers(session.id)
        return backWith("codes-off")
      })
    )
  })
)

/** `/admin/security`: the owner's passphrase, passkeys and codes. Each change of them needs fresh proof. */
export const routes = Layer.mergeAll(page, passphrase, passkeys, codes)
