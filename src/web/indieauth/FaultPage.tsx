import type { JSX } from "preact"
import { OwnerDocument } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import type { ReturnedError } from "./AuthorizationRequest.js"
import type { ClientInformation } from "./ClientInformation.js"
import { defaultLabel } from "./Consent.js"

/** Properties of the page that replaces the consent page for an invalid request. */
export interface FaultPageProps {
  readonly site: Site
  readonly client: ClientInformation
  readonly fault: ReturnedError
  /** The address that returns the error to the app. */
  readonly address: string
}

/**
 * The page about an invalid request of an app that the owner has not authorized before: shows the error, and links to
 * the app.
 */
export const FaultPage = ({ address, client, fault, site }: FaultPageProps): JSX.Element => {
  const name = defaultLabel({
    clientId: client.clientId,
    ...(client.name === undefined ? {} : { clientName: client.name })
  })
  const { host, protocol } = new URL(address)
  return (
    <OwnerDocument site={site} title="This app cannot sign in">
      <h1>This app cannot sign in</h1>
      <p>
        <span dir="auto">{name}</span> (<code>{client.clientId}</code>) sent an invalid request. Nothing was sent to the
        app, and nothing was changed.
      </p>
      <dl class="app-facts">
        <dt>Error</dt>
        <dd>
          {fault.error_description} <code>{fault.error}</code>
        </dd>
      </dl>
      <p>
        If you did not start this sign-in yourself, close this page. Otherwise{" "}
        <a href={address} rel="noreferrer">
          go back to the app at <code>{protocol === "https:" || protocol === "http:" ? host : protocol}</code>
        </a>{" "}
        and send it this error.
      </p>
    </OwnerDocument>
  )
}
