import { Redacted } from "effect"
import type { JSX } from "preact"
import {
  type AccessToken,
  type IssuedToken,
  isTokenExpired,
  maxLabelLength
} from "../../../domain/indieauth/AccessToken.js"
import { isScope, Scope } from "../../../domain/indieauth/Scope.js"
import { AdminLayout } from "../../theme/AdminPage.js"
import type { Site } from "../../theme/Site.js"
import { scopeMeaning } from "../ScopeMeaning.js"
import { LifetimeField } from "./LifetimeField.js"

/** Properties of the tokens page. */
export interface TokensPageProps {
  readonly site: Site
  readonly tokens: ReadonlyArray<AccessToken>
  /** Epoch milliseconds. */
  readonly now: number
  /** A new token, which is shown only this time. */
  readonly created?: IssuedToken
  /** Error of the form. */
  readonly fault?: string
}

/** The owner's list of tokens, and the form for a new one. */
export const TokensPage = ({ created, fault, now, site, tokens }: TokensPageProps): JSX.Element => (
  <AdminLayout site={site} title="Tokens" section="tokens">
    <h1>Tokens</h1>
    {created !== undefined && <Created issued={created} />}
    {fault !== undefined && (
      <div class="alert" role="alert">
        <strong>The token was not created</strong>
        <p>{fault}</p>
      </div>
    )}
    {tokens.length === 0 ? (
      <p>
        No app has access to your site. When you sign in to an app with your site's address, its token appears here.
      </p>
    ) : (
      <ul class="records tokens">
        {tokens.map((token) => (
          <TokenRecord key={token.id} token={token} now={now} site={site} siblings={countOf(tokens, token)} />
        ))}
      </ul>
    )}
    <NewToken />
  </AdminLayout>
)

const countOf = (tokens: ReadonlyArray<AccessToken>, { clientId }: AccessToken): number =>
  clientId === undefined ? 0 : tokens.filter((token) => token.clientId === clientId).length

const Created = ({ issued: { record, token } }: { readonly issued: IssuedToken }): JSX.Element => (
  <section class="panel">
    <h2>
      The token <span dir="auto">{record.label}</span>
    </h2>
    <p>
      <code class="secret">{Redacted.value(token)}</code>
    </p>
    <p>Copy it now. It is not stored and will not be shown again.</p>
  </section>
)

interface TokenRecordProps {
  readonly token: AccessToken
  readonly now: number
  readonly site: Site
  /** Number of tokens of the same app, this one included. */
  readonly siblings: number
}

const TokenRecord = ({ now, siblings, site, token }: TokenRecordProps): JSX.Element => {
  const { clientId, clientName, createdAt, id, label, lastUsedAt, scopes } = token
  const address = `/admin/tokens/${id}`
  return (
    <li id={`token-${id}`}>
      <div>
        <strong dir="auto">{label}</strong>
        {clientId === undefined ? (
          <small>Created manually</small>
        ) : (
          <small>
            {clientName !== undefined && clientName !== label && (
              <>
                <span dir="auto">{clientName}</span>
                {", "}
              </>
            )}
            <code>{clientId}</code>
          </small>
        )}
        <small>Permissions: {scopes.filter(isScope).join(", ") || "none on this site"}</small>
        {!scopes.every(isScope) && (
          <small>For other sites: {scopes.filter((scope) => !isScope(scope)).join(", ")}</small>
        )}
        <small>
          Created {site.formatDay(createdAt)} ·{" "}
          {lastUsedAt === undefined ? "never used" : `last used ${site.formatMinute(lastUsedAt)}`} ·{" "}
          {ending(token, now, site)}
        </small>
        <details class="inline">
          <summary>
            Rename<span class="unseen"> {label}</span>
          </summary>
          <form class="actions" method="post" action={`${address}/rename`}>
            <label class="unseen" for={`label-${id}`}>
              New name of {label}
            </label>
            <input
              id={`label-${id}`}
              name="label"
              value={label}
              required
              maxLength={maxLabelLength}
              autocomplete="off"
            />
            <button class="button small quiet" type="submit">
              Rename
            </button>
          </form>
        </details>
      </div>
      <div class="actions">
        <form method="post" action={`${address}/revoke`}>
          <button class="button small quiet" type="submit">
            Revoke<span class="unseen"> {label}</span>
          </button>
        </form>
        {siblings > 1 && (
          <form method="post" action="/admin/tokens/revoke-client">
            <input type="hidden" name="client_id" value={clientId} />
            <button class="button small quiet" type="submit">
              Revoke all {siblings} tokens of this app
            </button>
          </form>
        )}
      </div>
    </li>
  )
}

const ending = (token: AccessToken, now: number, site: Site): string => {
  const { expiresAt, renewalMillis } = token
  if (expiresAt === undefined) return "valid until revoked"
  const day = site.formatDay(expiresAt)
  if (isTokenExpired(token, now)) return `expired ${day}`
  return renewalMillis === undefined ? `expires ${day}` : `expires ${day} unless renewed`
}

const NewToken = (): JSX.Element => (
  <section class="panel">
    <h2>Create a token</h2>
    <p class="quiet-text">For scripts and for apps that cannot sign in.</p>
    <form class="form wide" method="post" action="/admin/tokens">
      <div class="field">
        <label for="label">Name</label>
        <input id="label" name="label" required maxLength={maxLabelLength} autocomplete="off" />
      </div>
      <fieldset class="permissions">
        <legend>Permissions</legend>
        {Scope.literals.map((scope) => (
          <label key={scope}>
            <input type="checkbox" name="scope" value={scope} checked={scope === "create"} />
            <span>
              {scopeMeaning[scope]} <code>{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <LifetimeField renewable={false} />
      <div class="actions">
        <button class="button" type="submit">
          Create token
        </button>
      </div>
    </form>
  </section>
)
