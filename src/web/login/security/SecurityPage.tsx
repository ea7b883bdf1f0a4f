import type { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import { longestPasskeyName, type Passkey, worksAt } from "../../../domain/login/Passkey.js"
import type { DatabaseFailure } from "../../../errors/Database.js"
import type { ErrorInfo } from "../../../errors/ErrorInfo.js"
import { Owner, type OwnerState } from "../../../services/Owner.js"
import { Passkeys } from "../../../services/Passkeys.js"
import { Settings } from "../../../settings/Config.js"
import { texts } from "../../../texts/Texts.js"
import { confirmAddress } from "../../http/ErrorResponse.js"
import { AdminLayout, adminResponse } from "../../theme/AdminPage.js"
import { failureWords } from "../../theme/FailureWords.js"
import { Notice } from "../../theme/Notice.js"
import { Rich } from "../../theme/Rich.js"
import { type CurrentSite, site as currentSite, type Site } from "../../theme/Site.js"
import { Time } from "../../theme/Time.js"
import { Alert, Field, NewPassphraseFields, PassphraseField, passkeyWords } from "../LoginForm.js"
import { passkeyScript } from "../PasskeyScript.js"
import { refusalOptions } from "../Refusal.js"
import { passkeysPossible } from "../WebAuthn.js"

/** Options of the security page. */
export interface SecurityPageOptions {
  /** A completed change: a key of its notices. */
  readonly done?: string | undefined
  readonly refused?: ErrorInfo
  /** Whether the session has recent authentication, without which nothing can be changed. */
  readonly mayChange: boolean
}

/** `/admin/security`: all login settings. */
export const securityPage = Effect.gen(function* () {
  const settings = yield* Settings
  const owner = yield* Owner
  const passkeys = yield* Passkeys
  const possible = passkeysPossible(settings)

  return ({
    done = "",
    mayChange,
    refused
  }: SecurityPageOptions): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, CurrentSite> =>
    Effect.gen(function* () {
      const site = yield* currentSite
      const notices: Readonly<Record<string, string>> = texts.login.security.notices
      const state = yield* owner.state
      const known = yield* passkeys.list
      return adminResponse(
        <AdminLayout site={site} title={texts.login.security.title} section="security" scripts={[passkeyScript.path]}>
          <h1>{texts.login.security.title}</h1>
          {refused !== undefined && <Alert words={failureWords(refused)} />}
          {Object.hasOwn(notices, done) && <Notice>{notices[done]}</Notice>}
          {!mayChange && <ConfirmFirst />}
          <PasskeysPanel site={site} passkeys={known} possible={possible} mayChange={mayChange} />
          <CodesPanel site={site} state={state} mayChange={mayChange} />
          <PassphrasePanel site={site} state={state} mayChange={mayChange} />
        </AdminLayout>,
        refused === undefined ? {} : refusalOptions(refused)
      )
    })
})

const ConfirmFirst = (): JSX.Element => (
  <p class="actions">
    <a class="button" href={confirmAddress("/admin/security")}>
      {texts.login.confirm}
    </a>
    <span class="quiet-text">{texts.login.security.toChange}</span>
  </p>
)

const PasskeysPanel = ({
  mayChange,
  passkeys,
  possible,
  site
}: {
  readonly mayChange: boolean
  readonly site: Site
  readonly passkeys: ReadonlyArray<Passkey>
  readonly possible: boolean
}): JSX.Element => (
  <section class="panel" aria-labelledby="passkeys">
    <h2 id="passkeys">{texts.login.security.passkeys}</h2>
    <p class="quiet-text">{texts.login.security.passkeysLead}</p>
    {passkeys.length > 0 && (
      <ul class="records">
        {passkeys.map((passkey, index) => (
          <PasskeyRecord key={passkey.id} passkey={passkey} index={index} site={site} />
        ))}
      </ul>
    )}
    {possible && mayChange && (
      <form class="form" method="post" action="/admin/security/passkeys">
        <Field
          name="name"
          label={texts.login.security.passkeyName}
          type="text"
          placeholder={texts.login.security.passkeyExample}
          autocomplete="off"
          maxlength={longestPasskeyName}
        />
        <div class="actions">
          <button type="button" class="button" data-passkey="add" hidden>
            {texts.login.security.addPasskey}
          </button>
        </div>
        <p data-passkey-says data-words={passkeyWords()} role="status" hidden />
        <noscript>
          <p>{texts.login.security.needsScript}</p>
        </noscript>
      </form>
    )}
    {!possible && (
      <p>
        <Rich text={texts.login.security.needsHttps} values={{ site: <code>{site.url}</code> }} />
      </p>
    )}
  </section>
)

const PasskeyRecord = ({
  index,
  passkey,
  passkey: { backedUp, createdAt, id, lastUsedAt, name, relyingParty },
  site
}: {
  readonly passkey: Passkey
  readonly index: number
  readonly site: Site
}): JSX.Element => (
  <li>
    <div>
      <span dir="auto">{name}</span>
      <small>
        <Rich
          text={lastUsedAt === undefined ? texts.login.security.added : texts.login.security.addedAndUsed}
          values={{
            time: <Time at={createdAt} site={site} />,
            used: lastUsedAt !== undefined && <Time at={lastUsedAt} site={site} />
          }}
        />
        {backedUp && ` · ${texts.login.security.backedUp}`}
      </small>
      {!worksAt(passkey, site.url) && <small>{texts.login.security.elsewhere({ host: relyingParty ?? "" })}</small>}
      <details class="inline">
        <summary>{texts.login.security.rename}</summary>
        <form class="form" method="post" action="/admin/security/passkeys/rename">
          <input type="hidden" name="id" value={id} />
          <div class="field">
            <label for={`rename-${index}`}>{texts.login.security.newName}</label>
            <input
              id={`rename-${index}`}
              name="name"
              type="text"
              value={name}
              required
              maxlength={longestPasskeyName}
              autocomplete="off"
            />
          </div>
          <button type="submit" class="button quiet small">
            {texts.login.security.save}
          </button>
        </form>
      </details>
    </div>
    <form method="post" action="/admin/security/passkeys/remove">
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="button quiet small" aria-label={texts.login.security.removeNamed({ name })}>
        {texts.login.security.remove}
      </button>
    </form>
  </li>
)

interface PanelProps {
  readonly site: Site
  readonly state: OwnerState
  readonly mayChange: boolean
}

const CodesPanel = ({ mayChange, site, state }: PanelProps): JSX.Element => (
  <section class="panel" aria-labelledby="codes">
    <h2 id="codes">{texts.login.twoStep}</h2>
    {state.codesSince === undefined ? (
      <>
        <p class="quiet-text">{texts.login.security.codesLead}</p>
        {mayChange && (
          <a class="button quiet" href="/admin/security/codes">
            {texts.login.codes.setUp}
          </a>
        )}
      </>
    ) : (
      <>
        <p>
          <Rich text={texts.login.security.codesSince} values={{ time: <Time at={state.codesSince} site={site} /> }} />{" "}
          {texts.login.security.codesLeft(state.recoveryCodes)}
        </p>
        {mayChange && (
          <>
            <p>
              <a href="/admin/security/codes">{texts.login.security.codesAgain}</a>
            </p>
            <form class="form" method="post" action="/admin/security/codes/off">
              <button type="submit" class="button quiet">
                {texts.login.security.codesOff}
              </button>
            </form>
          </>
        )}
      </>
    )}
  </section>
)

const PassphrasePanel = ({ mayChange, site, state }: PanelProps): JSX.Element => (
  <section class="panel" aria-labelledby="passphrase-heading">
    <h2 id="passphrase-heading">{texts.login.passphrase}</h2>
    <p class="quiet-text">
      {state.passphraseChangedAt === undefined ? (
        texts.login.security.noPassphrase
      ) : (
        <Rich
          text={texts.login.security.passphraseSince}
          values={{ time: <Time at={state.passphraseChangedAt} site={site} /> }}
        />
      )}
    </p>
    {mayChange && (
      <form class="form" method="post" action="/admin/security/passphrase">
        <input type="text" name="username" value="owner" autocomplete="username" hidden readonly />
        {state.claimed && <PassphraseField name="current" label={texts.login.security.currentPassphrase} />}
        <NewPassphraseFields />
        <button type="submit" class="button">
          {state.claimed ? texts.login.security.changePassphrase : texts.login.security.setPassphrase}
        </button>
      </form>
    )}
  </section>
)
