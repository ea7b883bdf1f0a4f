import type { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import { longestPasskeyName, type Passkey, worksAt } from "../../../domain/login/Passkey.js"
import type { DatabaseFailure } from "../../../errors/Database.js"
import type { ErrorInfo } from "../../../errors/ErrorInfo.js"
import { Owner, type OwnerState } from "../../../services/Owner.js"
import { Passkeys } from "../../../services/Passkeys.js"
import { Settings } from "../../../settings/Config.js"
import { confirmAddress } from "../../http/ErrorResponse.js"
import { AdminLayout, adminResponse } from "../../theme/AdminPage.js"
import { Notice } from "../../theme/Notice.js"
import { type CurrentSite, site as currentSite, type Site } from "../../theme/Site.js"
import { Time } from "../../theme/Time.js"
import { Alert, Field, NewPassphraseFields, PassphraseField } from "../LoginForm.js"
import { passkeyScript } from "../PasskeyScript.js"
import { refusalOptions } from "../Refusal.js"
import { passkeysPossible } from "../WebAuthn.js"

/** Notices about completed changes. */
const notices: Readonly<Record<string, string>> = {
  passphrase: "Passphrase changed. All other sessions are logged out.",
  "passkey-added": "Passkey added. You can log in with it now.",
  "passkey-renamed": "Passkey renamed.",
  "passkey-removed": "Passkey removed. You can delete it from your device too.",
  "codes-off": "Two-step login is off."
}

/** Options of the security page. */
export interface SecurityPageOptions {
  /** A completed change: a key of `notices`. */
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
      const state = yield* owner.state
      const known = yield* passkeys.list
      return adminResponse(
        <AdminLayout site={site} title="Security" section="security" scripts={[passkeyScript.path]}>
          <h1>Security</h1>
          {refused !== undefined && <Alert info={refused} />}
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
      Confirm your identity
    </a>
    <span class="quiet-text">to make changes here.</span>
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
    <h2 id="passkeys">Passkeys</h2>
    <p class="quiet-text">
      A passkey is stored on your phone, computer or security key. You log in with your fingerprint, face or PIN. It
      cannot be guessed or phished.
    </p>
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
          label="Name of the new passkey"
          type="text"
          placeholder="Phone"
          autocomplete="off"
          maxlength={longestPasskeyName}
        />
        <div class="actions">
          <button type="button" class="button" data-passkey="add" hidden>
            Add a passkey
          </button>
        </div>
        <p data-passkey-says role="status" hidden />
        <noscript>
          <p>To add a passkey, allow JavaScript for this site.</p>
        </noscript>
      </form>
    )}
    {!possible && (
      <p>
        Passkeys need https and a host name. This site is configured as <code>{site.url}</code>.
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
        Added <Time at={createdAt} site={site} />
        {lastUsedAt === undefined ? (
          ", not used yet"
        ) : (
          <>
            , last used <Time at={lastUsedAt} site={site} />
          </>
        )}
        {backedUp ? ", backed up" : ""}
      </small>
      {!worksAt(passkey, site.url) && (
        <small>Created for {relyingParty} and not usable here. Remove it, and add a passkey for this address.</small>
      )}
      <details class="inline">
        <summary>Rename</summary>
        <form class="form" method="post" action="/admin/security/passkeys/rename">
          <input type="hidden" name="id" value={id} />
          <div class="field">
            <label for={`rename-${index}`}>New name</label>
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
            Save
          </button>
        </form>
      </details>
    </div>
    <form method="post" action="/admin/security/passkeys/remove">
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="button quiet small" aria-label={`Remove ${name}`}>
        Remove
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
    <h2 id="codes">Two-step login</h2>
    {state.codesSince === undefined ? (
      <>
        <p class="quiet-text">
          After the passphrase, the login asks for a code from an authenticator app. A stolen passphrase is then not
          enough to log in. Passkeys with fingerprint, face or PIN need no code.
        </p>
        {mayChange && (
          <a class="button quiet" href="/admin/security/codes">
            Set up two-step login
          </a>
        )}
      </>
    ) : (
      <>
        <p>
          Two-step login has been on since <Time at={state.codesSince} site={site} />.{" "}
          {state.recoveryCodes === 1
            ? "One recovery code is left."
            : `${state.recoveryCodes === 0 ? "No" : state.recoveryCodes} recovery codes are left.`}
        </p>
        {mayChange && (
          <>
            <p>
              <a href="/admin/security/codes">Set up again with new recovery codes</a>
            </p>
            <form class="form" method="post" action="/admin/security/codes/off">
              <button type="submit" class="button quiet">
                Turn off two-step login
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
    <h2 id="passphrase-heading">Passphrase</h2>
    <p class="quiet-text">
      {state.passphraseChangedAt === undefined ? (
        "Not set. With a passphrase, you can log in without your IndieAuth provider and without a passkey."
      ) : (
        <>
          Set <Time at={state.passphraseChangedAt} site={site} />. A change logs out all other sessions.
        </>
      )}
    </p>
    {mayChange && (
      <form class="form" method="post" action="/admin/security/passphrase">
        <input type="text" name="username" value="owner" autocomplete="username" hidden readonly />
        {state.claimed && <PassphraseField name="current" label="Current passphrase" />}
        <NewPassphraseFields />
        <button type="submit" class="button">
          {state.claimed ? "Change passphrase" : "Set passphrase"}
        </button>
      </form>
    )}
  </section>
)
