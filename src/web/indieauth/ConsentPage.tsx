import type { JSX } from "preact"
import { maxLabelLength } from "../../domain/indieauth/AccessToken.js"
import { paths } from "../../domain/indieauth/Endpoints.js"
import { isLoopbackHost } from "../../domain/indieauth/Loopback.js"
import { isScope } from "../../domain/indieauth/Scope.js"
import { texts } from "../../texts/Texts.js"
import { OwnerDocument } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import type { ClientInformation } from "./ClientInformation.js"
import { defaultLabel } from "./Consent.js"
import { LifetimeField } from "./tokens/LifetimeField.js"

/** Properties of the consent page. */
export interface ConsentPageProps {
  readonly site: Site
  readonly client: ClientInformation
  /** The owner's identity for the app. */
  readonly me: string
  readonly redirectUri: string
  /** Id of the pending request. */
  readonly requestId: string
  readonly scopes: ReadonlyArray<string>
  /** Whether the app does not use PKCE. */
  readonly isUnprotected: boolean
}

/** The consent page: the app, the scopes, and where the response goes. */
export const ConsentPage = ({
  client,
  isUnprotected,
  me,
  redirectUri,
  requestId,
  scopes,
  site
}: ConsentPageProps): JSX.Element => {
  const name = defaultLabel({
    clientId: client.clientId,
    ...(client.name === undefined ? {} : { clientName: client.name })
  })
  return (
    <OwnerDocument site={site} title={texts.apps.consent.title({ app: name })}>
      <h1 class="app-title">
        {client.logo !== undefined && <img class="app-logo" src={client.logo} alt="" width={56} height={56} />}
        <span>
          <Rich text={texts.apps.consent.question} values={{ app: <span dir="auto">{name}</span> }} />
        </span>
      </h1>
      <dl class="app-facts">
        <dt>{texts.apps.consent.app}</dt>
        <dd>
          <code>{client.clientId}</code>
          {client.uri !== undefined && client.uri !== client.clientId && (
            <small>
              <Rich text={texts.apps.consent.about} values={{ address: <code>{client.uri}</code> }} />
            </small>
          )}
          {client.note !== undefined && <small>{client.note}</small>}
        </dd>
        <dt>{texts.apps.consent.youAre}</dt>
        <dd>
          <code>{me}</code>
        </dd>
        <dt>{texts.apps.consent.sentTo}</dt>
        <dd>
          <Destination clientId={client.clientId} redirectUri={redirectUri} />
        </dd>
      </dl>
      {isUnprotected && (
        <Notice>
          <Rich text={texts.apps.consent.unprotected} values={{ host: <code>{new URL(client.clientId).host}</code> }} />
        </Notice>
      )}
      <form class="form wide" method="post" action={paths.consent}>
        <input type="hidden" name="request" value={requestId} />
        {scopes.length === 0 ? <NothingAsked /> : <Permissions name={name} scopes={scopes} />}
        <div class="actions">
          <button class="button" type="submit" name="decision" value="allow">
            {texts.apps.consent.allow}
          </button>
          <button class="button quiet" type="submit" name="decision" value="deny">
            {texts.apps.consent.deny}
          </button>
        </div>
        <p class="quiet-text">{texts.apps.consent.notYou}</p>
      </form>
    </OwnerDocument>
  )
}

interface DestinationProps extends Pick<ConsentPageProps, "redirectUri"> {
  readonly clientId: string
}

const Destination = ({ clientId, redirectUri }: DestinationProps): JSX.Element => {
  const { host, hostname, origin, protocol } = new URL(redirectUri)
  if (protocol !== "https:" && protocol !== "http:") {
    return <Rich text={texts.apps.consent.onDevice} values={{ protocol: <code>{protocol}</code> }} />
  }
  return (
    <>
      <code>{host}</code>
      {isLoopbackHost(hostname) && texts.apps.consent.onComputer}
      {origin !== new URL(clientId).origin && !isLoopbackHost(hostname) && (
        <small>{texts.apps.consent.otherAddress}</small>
      )}
    </>
  )
}

const NothingAsked = (): JSX.Element => <p>{texts.apps.consent.identityOnly}</p>

interface PermissionsProps {
  readonly name: string
  readonly scopes: ReadonlyArray<string>
}

const Permission = ({ meaning, scope }: { readonly scope: string; readonly meaning?: string }): JSX.Element => (
  <label>
    <input type="checkbox" name="scope" value={scope} checked />
    <span>
      {meaning !== undefined && <Rich text={meaning} />} <code>{scope}</code>
    </span>
  </label>
)

const Permissions = ({ name, scopes }: PermissionsProps): JSX.Element => (
  <>
    {scopes.some(isScope) && (
      <fieldset class="permissions">
        <legend>{texts.apps.permissions}</legend>
        {scopes.filter(isScope).map((scope) => (
          <Permission key={scope} scope={scope} meaning={texts.apps.scopes[scope]} />
        ))}
      </fieldset>
    )}
    {!scopes.every(isScope) && (
      <fieldset class="permissions">
        <legend>{texts.apps.consent.otherSites}</legend>
        {scopes
          .filter((scope) => !isScope(scope))
          .map((scope) => (
            <Permission key={scope} scope={scope} />
          ))}
        <small>{texts.apps.consent.otherSitesAdvice}</small>
      </fieldset>
    )}
    <div class="field">
      <label for="label">{texts.apps.consent.label}</label>
      <input id="label" name="label" value={name} maxLength={maxLabelLength} autocomplete="off" />
    </div>
    <LifetimeField renewable />
  </>
)
