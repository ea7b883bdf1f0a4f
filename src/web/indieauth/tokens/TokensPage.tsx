import { Redacted } from "effect"
import type { JSX } from "preact"
import {
  type AccessToken,
  type IssuedToken,
  isTokenExpired,
  maxLabelLength
} from "../../../domain/indieauth/AccessToken.js"
import { isScope, Scope } from "../../../domain/indieauth/Scope.js"
import { texts } from "../../../texts/Texts.js"
import { AdminLayout } from "../../theme/AdminPage.js"
import { Rich } from "../../theme/Rich.js"
import type { Site } from "../../theme/Site.js"
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
  <AdminLayout site={site} title={texts.apps.tokens.title} section="tokens">
    <h1>{texts.apps.tokens.title}</h1>
    {created !== undefined && <Created issued={created} />}
    {fault !== undefined && (
      <div class="alert" role="alert">
        <strong>{texts.apps.tokens.notCreated}</strong>
        <p>{fault}</p>
      </div>
    )}
    {tokens.length === 0 ? (
      <p>{texts.apps.tokens.none}</p>
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
      <Rich text={texts.apps.tokens.created} values={{ label: <span dir="auto">{record.label}</span> }} />
    </h2>
    <p>
      <code class="secret">{Redacted.value(token)}</code>
    </p>
    <p>{texts.apps.tokens.copy}</p>
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
          <small>{texts.apps.tokens.manual}</small>
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
        <small>
          {texts.apps.tokens.allows({ scopes: scopes.filter(isScope).join(", ") || texts.apps.tokens.allowsNothing })}
        </small>
        {!scopes.every(isScope) && (
          <small>{texts.apps.tokens.elsewhere({ scopes: scopes.filter((scope) => !isScope(scope)).join(", ") })}</small>
        )}
        <small>
          {texts.apps.tokens.createdOn({ day: site.formatDay(createdAt) })} ·{" "}
          {lastUsedAt === undefined
            ? texts.apps.tokens.neverUsed
            : texts.apps.tokens.lastUsed({ time: site.formatMinute(lastUsedAt) })}{" "}
          · {ending(token, now, site)}
        </small>
        <details class="inline">
          <summary>
            {texts.apps.tokens.rename}
            <span class="unseen"> {label}</span>
          </summary>
          <form class="actions" method="post" action={`${address}/rename`}>
            <label class="unseen" for={`label-${id}`}>
              {texts.apps.tokens.newName({ label })}
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
              {texts.apps.tokens.rename}
            </button>
          </form>
        </details>
      </div>
      <div class="actions">
        <form method="post" action={`${address}/revoke`}>
          <button class="button small quiet" type="submit">
            {texts.apps.tokens.revoke}
            <span class="unseen"> {label}</span>
          </button>
        </form>
        {siblings > 1 && (
          <form method="post" action="/admin/tokens/revoke-client">
            <input type="hidden" name="client_id" value={clientId} />
            <button class="button small quiet" type="submit">
              {texts.apps.tokens.revokeAll(siblings)}
            </button>
          </form>
        )}
      </div>
    </li>
  )
}

const ending = (token: AccessToken, now: number, site: Site): string => {
  const { expiresAt, renewalMillis } = token
  if (expiresAt === undefined) return texts.apps.tokens.unlimited
  const day = site.formatDay(expiresAt)
  if (isTokenExpired(token, now)) return texts.apps.tokens.expired({ day })
  return renewalMillis === undefined
    ? texts.apps.tokens.expires({ day })
    : texts.apps.tokens.expiresUnlessRenewed({ day })
}

const NewToken = (): JSX.Element => (
  <section class="panel">
    <h2>{texts.apps.tokens.create}</h2>
    <p class="quiet-text">{texts.apps.tokens.createLead}</p>
    <form class="form wide" method="post" action="/admin/tokens">
      <div class="field">
        <label for="label">{texts.apps.tokens.name}</label>
        <input id="label" name="label" required maxLength={maxLabelLength} autocomplete="off" />
      </div>
      <fieldset class="permissions">
        <legend>{texts.apps.permissions}</legend>
        {Scope.literals.map((scope) => (
          <label key={scope}>
            <input type="checkbox" name="scope" value={scope} checked={scope === "create"} />
            <span>
              <Rich text={texts.apps.scopes[scope]} /> <code>{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <LifetimeField renewable={false} />
      <div class="actions">
        <button class="button" type="submit">
          {texts.apps.tokens.submit}
        </button>
      </div>
    </form>
  </section>
)
