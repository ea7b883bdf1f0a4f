import { HttpLayerRouter } from "@effect/platform"
import { Effect, Either, Option, Redacted } from "effect"
import type { JSX } from "preact"
import { PassphraseRefused, type SetupLinkInvalid } from "../../errors/Login.js"
import { Owner } from "../../services/Owner.js"
import { texts } from "../../texts/Texts.js"
import * as Body from "../http/Body.js"
import { loginForm, loginPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { Rich } from "../theme/Rich.js"
import { arrival } from "./Login.js"
import { NewPassphraseFields } from "./LoginForm.js"
import { loginPages } from "./LoginPage.js"
import { orShow, refusalLog } from "./Refusal.js"
import { throttle } from "./Throttle.js"

/** Page after the setup, where the owner names the site. */
const afterSetup = "/admin/welcome"

/** Parses the fields for a new passphrase; fails if they differ. */
export const newPassphraseIn = (fields: Body.FormFields): Either.Either<Redacted.Redacted, PassphraseRefused> => {
  const passphrase = fields.get("passphrase")?.[0] ?? ""
  const again = fields.get("again")?.[0] ?? passphrase
  return again === passphrase
    ? Either.right(Redacted.make(passphrase))
    : Either.left(new PassphraseRefused({ reason: "differs" }))
}

/** `/auth/setup/{key}`: the visitor with the setup link becomes the owner, once. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const pages = yield* loginPages
    const throttled = yield* throttle
    const arrive = yield* arrival
    const logRefusal = yield* refusalLog

    const key = Effect.map(HttpLayerRouter.params, ({ key = "" }) => Redacted.make(key))

    yield* routes.add(
      loginPage,
      "GET",
      "/auth/setup/:key",
      Effect.gen(function* () {
        yield* owner.checkSetup(yield* key)
        return yield* pages.frame(texts.login.setup.title, {}, <SetupForm />)
      }).pipe(
        orShow(logRefusal, (refused, failure) =>
          pages.frame(
            texts.login.setup.title,
            { refused },
            failure._tag === "SetupLinkInvalid" && <NewLink failure={failure} />
          )
        )
      )
    )

    yield* routes.add(
      loginForm,
      "POST",
      "/auth/setup/:key",
      Effect.gen(function* () {
        const fields = yield* Body.form()
        const claim = Effect.gen(function* () {
          yield* owner.checkSetup(yield* key)
          yield* owner.claim(yield* key, yield* newPassphraseIn(fields))
        })
        yield* throttled.attempt("setup", claim)
        return yield* arrive({ next: afterSetup, resume: Option.none() }, "setup link")
      }).pipe(
        orShow(logRefusal, (refused, failure) =>
          pages.frame(
            texts.login.setup.title,
            { refused },
            failure._tag === "SetupLinkInvalid" ? <NewLink failure={failure} /> : <SetupForm />
          )
        )
      )
    )
  })
)

/** Advice for an expired setup link, for its visitor, who is probably the owner. */
const NewLink = ({ failure: { reason } }: { readonly failure: SetupLinkInvalid }): JSX.Element =>
  reason === "claimed" ? (
    <>
      <p>
        <a class="button" href="/auth/login">
          {texts.login.title}
        </a>
      </p>
      <p class="quiet-text">
        <Rich text={texts.login.setup.claimed} />
      </p>
    </>
  ) : (
    <p>
      <Rich text={texts.login.setup.expired} />
    </p>
  )

const SetupForm = (): JSX.Element => (
  <>
    <p class="lead">{texts.login.setup.lead}</p>
    <form class="form" method="post">
      <input type="text" name="username" value="owner" autocomplete="username" hidden readonly />
      <NewPassphraseFields />
      <button type="submit" class="button">
        {texts.login.setup.finish}
      </button>
    </form>
    <p class="quiet-text">{texts.login.setup.next}</p>
  </>
)
