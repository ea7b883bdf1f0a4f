import { Option } from "effect"
import type { ComponentChildren, JSX } from "preact"
import { profileElsewhere } from "../../domain/indieauth/ProfileUrl.js"
import { longest } from "../../domain/login/Passphrase.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type { SettingsValues } from "../../settings/Config.js"
import { unmarked } from "../../texts/Fallback.js"
import { texts } from "../../texts/Texts.js"
import { Sentence } from "../theme/Sentence.js"

/** The error of the last input, with advice. */
export const Alert = ({ words }: { readonly words: Pick<ErrorInfo, "message" | "suggestion"> }): JSX.Element => (
  <div class="alert" role="alert">
    <strong>
      <Sentence text={words.message} />
    </strong>
    <p>
      <Sentence text={words.suggestion} ends />
    </p>
  </div>
)

/** A field with its label and an optional hint. */
export const Field = ({
  hint,
  label,
  name,
  ...input
}: { readonly name: string; readonly label: string; readonly hint?: string } & Omit<
  JSX.InputHTMLAttributes<HTMLInputElement>,
  "name" | "label"
>): JSX.Element => (
  <div class="field">
    <label for={name}>{label}</label>
    <input id={name} name={name} {...input} {...(hint === undefined ? {} : { "aria-describedby": `${name}-hint` })} />
    {hint !== undefined && <small id={`${name}-hint`}>{hint}</small>}
  </div>
)

/** The field for an existing passphrase. */
export const PassphraseField = ({
  autofocus = false,
  label = texts.login.passphrase,
  name = "passphrase"
}: {
  readonly name?: string
  readonly label?: string
  readonly autofocus?: boolean
}): JSX.Element => (
  <Field
    name={name}
    label={label}
    type="password"
    autocomplete="current-password"
    required
    maxlength={4 * longest}
    autofocus={autofocus}
  />
)

/** The two fields for a new passphrase. */
export const NewPassphraseFields = (): JSX.Element => (
  <>
    <Field
      name="passphrase"
      label={texts.login.newPassphrase}
      type="password"
      autocomplete="new-password"
      required
      minlength={8}
      maxlength={longest}
      hint={texts.login.passphraseHint}
    />
    <Field name="again" label={texts.login.repeatPassphrase} type="password" autocomplete="new-password" required />
  </>
)

/** Sentences of the script, for an attribute. */
export const passkeyWords = (): string => unmarked(JSON.stringify(texts.admin.passkeyScript))

/** Properties of a login form. */
export interface LoginFormProps {
  /** Target after the login; validated when the form is sent. */
  readonly next: string | undefined
  /** Whether to offer passkeys, if the browser supports them. */
  readonly passkeys: boolean
  /** Fields of a carried form. */
  readonly carried?: ComponentChildren
}

/** Passphrase and passkey in one form: the script puts a passkey's response into a field of it. */
export const LoginForm = ({ carried, next, passkeys }: LoginFormProps): JSX.Element => (
  <form class="form" method="post" action="/auth/login" id="login">
    {/* Password managers need a user name for the passphrase. */}
    <input type="text" name="username" value="owner" autocomplete="username" hidden readonly />
    {next !== undefined && <input type="hidden" name="next" value={next} />}
    {carried}
    <PassphraseField autofocus />
    <div class="actions">
      <button type="submit" class="button">
        {texts.login.title}
      </button>
      {passkeys && (
        <button type="button" class="button quiet" data-passkey="login" hidden>
          {texts.login.usePasskey}
        </button>
      )}
    </div>
    {passkeys && <p class="quiet-text" data-passkey-says data-words={passkeyWords()} role="status" hidden />}
  </form>
)

/** Alternative logins: through the owner's IndieAuth provider, and without authentication in development mode. */
export const OtherWays = ({
  next,
  settings
}: Pick<LoginFormProps, "next"> & {
  readonly settings: Pick<SettingsValues, "adminMe" | "siteUrl" | "devMode">
}): JSX.Element | null => {
  const me = providerOf(settings)
  if (me === undefined && !settings.devMode) return null
  return (
    <>
      {me !== undefined && (
        <form class="form" method="post" action="/auth/indieauth">
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <button type="submit" class="button quiet">
            {texts.login.signInWith({ host: me.replace(/^https?:\/\/|\/$/g, "") })}
          </button>
        </form>
      )}
      {settings.devMode && (
        <form class="form" method="post" action="/dev/login">
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <button type="submit" class="button quiet">
            {texts.login.development}
          </button>
        </form>
      )}
    </>
  )
}

/** The owner's identity if it is another site, which can then vouch for the owner. */
export const providerOf = (settings: Pick<SettingsValues, "adminMe" | "siteUrl">): string | undefined =>
  Option.getOrUndefined(profileElsewhere(settings))
