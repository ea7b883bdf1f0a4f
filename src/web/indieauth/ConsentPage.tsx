import type { JSX } from "preact"
import { maxLabelLength } from "../../domain/indieauth/AccessToken.js"
import { paths } from "../../domain/indieauth/Endpoints.js"
import { isLoopbackHost } from "../../domain/indieauth/Loopback.js"
import { isScope } from "../../domain/indieauth/Scope.js"
import { OwnerDocument } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import type { ClientInformation } from "./ClientInformation.js"
import { defaultLabel } from "./Consent.js"
import { scopeMeaning } from "./ScopeMeaning.js"
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
    <OwnerDocument site={site} title={`Sign in to ${name}`}>
      <h1 class="app-title">
        {client.logo !== undefined && <img class="app-logo" src={client.logo} alt="" width={56} height={56} />}
        <span>
          Sign in to <span dir="auto">{name}</span>?
        </span>
      </h1>
      <dl class="app-facts">
        <dt>App</dt>
        <dd>
          <code>{client.clientId}</code>
          {client.uri !== undefined && client.uri !== client.clientId && (
            <small>
              About it: <code>{client.uri}</code>
            </small>
          )}
          {client.note !== undefined && <small>{client.note}</small>}
        </dd>
        <dt>You sign in as</dt>
        <dd>
          <code>{me}</code>
        </dd>
        <dt>You'll be sent back to</dt>
        <dd>
          <Destination clientId={client.clientId} redirectUri={redirectUri} />
        </dd>
      </dl>
      {isUnprotected && (
        <Notice>
          <strong>This app signs in without PKCE.</strong> Anyone who intercepts the response can use it instead of the
          app. Allow it only if you have just started this sign-in yourself, at{" "}
          <code>{new URL(client.clientId).host}</code>.
        </Notice>
      )}
      <form class="form wide" method="post" action={paths.consent}>
        <input type="hidden" name="request" value={requestId} />
        {scopes.length === 0 ? <NothingAsked /> : <Permissions name={name} scopes={scopes} />}
        <div class="actions">
          <button class="button" type="submit" name="decision" value="allow">
            Allow
          </button>
          <button class="button quiet" type="submit" name="decision" value="deny">
            Deny
          </button>
        </div>
        <p class="quiet-text">If you did not start this sign-in yourself, deny it.</p>
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
    return (
      <>
        the app on this device that handles <code>{protocol}</code>
      </>
    )
  }
  return (
    <>
      <code>{host}</code>
      {isLoopbackHost(hostname) && ", an app on this computer"}
      {origin !== new URL(clientId).origin && !isLoopbackHost(hostname) && (
        <small>This is a different address than the app's. The app lists it as its own.</small>
      )}
    </>
  )
}

const NothingAsked = (): JSX.Element => <p>The app only checks your identity. It gets no access to your site.</p>

interface PermissionsProps {
  readonly name: string
  readonly scopes: ReadonlyArray<string>
}

const Permission = ({ meaning, scope }: { readonly scope: string; readonly meaning?: string }): JSX.Element => (
  <label>
    <input type="checkbox" name="scope" value={scope} checked />
    <span>
      {meaning} <code>{scope}</code>
    </span>
  </label>
)

const Permissions = ({ name, scopes }: PermissionsProps): JSX.Element => (
  <>
    {scopes.some(isScope) && (
      <fieldset class="permissions">
        <legend>Permissions</legend>
        {scopes.filter(isScope).map((scope) => (
          <Permission key={scope} scope={scope} meaning={scopeMeaning[scope]} />
        ))}
      </fieldset>
    )}
    {!scopes.every(isScope) && (
      <fieldset class="permissions">
        <legend>For other sites</legend>
        {scopes
          .filter((scope) => !isScope(scope))
          .map((scope) => (
            <Permission key={scope} scope={scope} />
          ))}
        <small>
          These scopes have no effect on this site. Other sites that trust your sign-in, such as a social reader, use
          them.
        </small>
      </fieldset>
    )}
    <div class="field">
      <label for="label">Name in the list of tokens</label>
      <input id="label" name="label" value={name} maxLength={maxLabelLength} autocomplete="off" />
    </div>
    <LifetimeField renewable />
  </>
)
