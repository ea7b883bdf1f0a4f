import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { OwnerDocument } from "../theme/AdminPage.js"
import { Rich } from "../theme/Rich.js"
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
    <OwnerDocument site={site} title={texts.apps.fault.title}>
      <h1>{texts.apps.fault.title}</h1>
      <p>
        <Rich
          text={texts.apps.fault.lead}
          values={{ app: <span dir="auto">{name}</span>, id: <code>{client.clientId}</code> }}
        />
      </p>
      <dl class="app-facts">
        <dt>{texts.apps.fault.error}</dt>
        <dd>
          {fault.error_description} <code>{fault.error}</code>
        </dd>
      </dl>
      <p>
        <Rich
          text={texts.apps.fault.advice}
          values={{
            app: (
              <a href={address} rel="noreferrer">
                <code>{protocol === "https:" || protocol === "http:" ? host : protocol}</code>
              </a>
            )
          }}
        />
      </p>
    </OwnerDocument>
  )
}
