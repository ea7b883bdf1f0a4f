import type { JSX } from "preact"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { Layout } from "./Layout.js"
import type { Site } from "./Site.js"

/** Properties of an error page. It shows nothing of `operator`. */
export interface ErrorPageProps {
  readonly site: Site
  readonly info: Pick<ErrorInfo, "code" | "message" | "suggestion" | "troubleshooting">
  /** Request id, to quote when contacting the owner. */
  readonly requestId?: string
}

/** The page of a failure: what happened, and what to do next. */
export const ErrorPage = ({ info, requestId, site }: ErrorPageProps): JSX.Element => (
  <Layout site={site} title={info.message}>
    <h1>{info.message}</h1>
    <p class="lead">{info.suggestion}</p>
    {info.troubleshooting.length > 0 && (
      <ul class="hint">
        {info.troubleshooting.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    )}
    <p class="lead-links">
      <a href="/">Go to the home page</a>
      {site.searchEnabled && <a href="/search">Search this site</a>}
    </p>
    <p class="reference">
      <a href={`/errors/${info.code}`}>
        <code>{info.code}</code>
      </a>
      {requestId !== undefined && (
        <>
          {" · request "}
          <code>{requestId}</code>
        </>
      )}
    </p>
  </Layout>
)
