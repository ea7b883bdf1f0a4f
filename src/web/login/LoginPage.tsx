import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import type { ComponentChildren, JSX } from "preact"
import { worksAt } from "../../domain/login/Passkey.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { Owner } from "../../services/Owner.js"
import { Passkeys } from "../../services/Passkeys.js"
import { Settings } from "../../settings/Config.js"
import { texts } from "../../texts/Texts.js"
import { adminResponse, OwnerDocument } from "../theme/AdminPage.js"
import { failureWords } from "../theme/FailureWords.js"
import { Notice } from "../theme/Notice.js"
import { Rich } from "../theme/Rich.js"
import { type CurrentSite, site } from "../theme/Site.js"
import { Carried, carrying } from "./Carried.js"
import { Alert, Field, LoginForm, OtherWays, providerOf } from "./LoginForm.js"
import { passkeyScript } from "./PasskeyScript.js"
import { refusalOptions } from "./Refusal.js"
import { carriedFields, isText, type Resume } from "./Resume.js"

/** Options of a login page. */
export interface LoginPageOptions {
  readonly next?: string | undefined
  readonly resume?: Option.Option<Resume>
  /** Error of the last input. */
  readonly refused?: ErrorInfo
  readonly notice?: string | undefined
  /** Whether a logged-in owner authenticates again. */
  readonly confirms?: boolean
}

/** The pages of the login, depending on the settings. */
export const loginPages = Effect.gen(function* () {
  const settings = yield* Settings
  const owner = yield* Owner
  const passkeys = yield* Passkeys
  const provider = providerOf(settings)

  const frame = (
    title: string,
    { notice, refused }: LoginPageOptions,
    content: ComponentChildren
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, CurrentSite> =>
    Effect.map(site, (site) =>
      adminResponse(
        <OwnerDocument site={site} title={title} scripts={[passkeyScript.path]}>
          <h1>{title}</h1>
          {refused !== undefined && <Alert words={failureWords(refused)} />}
          {notice !== undefined && <Notice>{notice}</Notice>}
          {content}
        </OwnerDocument>,
        refused === undefined ? {} : refusalOptions(refused)
      )
    )

  const withForm = (page: HttpServerResponse.HttpServerResponse, resume: Resume | undefined) =>
    resume === undefined ? page : carrying(page, carriedFields(resume), isText(resume))

  /** The login with passphrase, passkey and alternatives; or a page that says that there is no owner yet. */
  const login = (
    options: LoginPageOptions
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, CurrentSite> =>
    Effect.gen(function* () {
      const { claimed } = yield* owner.state
      const hasPasskeys = (yield* passkeys.list).some((passkey) => worksAt(passkey, settings.siteUrl))
      const resume = Option.getOrUndefined(options.resume ?? Option.none())
      const others = <OtherWays settings={settings} next={options.next} />
      // A login through the provider does not count as recent authentication if there is another way.
      const hasProvider = provider !== undefined && !(options.confirms === true && (claimed || hasPasskeys))
      const hasOthers = hasProvider || settings.devMode
      const page = yield* frame(
        options.confirms === true ? texts.login.confirm : texts.login.title,
        options,
        <>
          {options.confirms === true && <p class="lead">{texts.login.confirmLead}</p>}
          {claimed || hasPasskeys ? (
            <LoginForm next={options.next} passkeys={hasPasskeys} carried={resume && <Carried />} />
          ) : (
            <NoOwnerYet />
          )}
          {hasOthers && resume === undefined && (
            <>
              <p class="or">{texts.login.or}</p>
              {others}
            </>
          )}
        </>
      )
      return withForm(page, resume)
    })

  /** The page for the one-time code, after the right passphrase. */
  const code = (
    options: LoginPageOptions
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, CurrentSite> => {
    const resume = Option.getOrUndefined(options.resume ?? Option.none())
    const page = frame(
      texts.login.twoStep,
      options,
      <form class="form" method="post" action="/auth/login/code">
        {options.next !== undefined && <input type="hidden" name="next" value={options.next} />}
        {resume !== undefined && <Carried />}
        <Field
          name="code"
          label={texts.login.code}
          class="code"
          type="text"
          inputmode="text"
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
          required
          maxlength={40}
          autofocus
          hint={texts.login.codeHint}
        />
        <div class="actions">
          <button type="submit" class="button">
            {texts.login.title}
          </button>
          <a href="/auth/login">{texts.login.startOver}</a>
        </div>
      </form>
    )
    return Effect.map(page, (page) => withForm(page, resume))
  }

  return { login, code, frame, settings }
})

/** Explains the setup link to the operator, and reveals nothing to strangers. */
const NoOwnerYet = (): JSX.Element => (
  <>
    <p class="lead">{texts.login.noOwner}</p>
    <p>
      <Rich text={texts.login.noOwnerAdvice} />
    </p>
  </>
)

/** The first value of a parameter in a request's address. */
export const queryParameter = (
  name: string
): Effect.Effect<string | undefined, never, HttpServerRequest.HttpServerRequest> =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ url }) => {
    const at = url.indexOf("?")
    return at === -1 ? undefined : (new URLSearchParams(url.slice(at + 1)).get(name) ?? undefined)
  })
