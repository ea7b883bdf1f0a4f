import type { JSX } from "preact"
import type { RecordedEvent, Refusal } from "../../domain/ActivityEvent.js"
import { browserInWords } from "../../domain/login/UserAgent.js"
import { texts } from "../../texts/Texts.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import { Pagination } from "../theme/Pagination.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"

/** Properties of the activity page. */
export interface ActivityPageProps {
  readonly site: Site
  /** Newest first. */
  readonly events: ReadonlyArray<RecordedEvent>
  readonly refusedOnly: boolean
  readonly newer?: string
  readonly older?: string
  /** Requests since the server started that could not be stored. */
  readonly lost: number
}

/** The most recent requests of clients: what they asked for, the result, and advice for refused ones. */
export const ActivityPage = ({ events, lost, newer, older, refusedOnly, site }: ActivityPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.apps.activity.title} section="activity">
    <h1>{texts.apps.activity.title}</h1>
    <p>{texts.apps.activity.lead}</p>
    {lost > 0 && <Notice>{texts.apps.activity.lost(lost)}</Notice>}
    <nav class="filter" aria-label={texts.apps.activity.filter}>
      <FilterLink href="/admin/activity" label={texts.apps.activity.all} isCurrent={!refusedOnly} />
      <FilterLink href="/admin/activity?show=refused" label={texts.apps.activity.rejected} isCurrent={refusedOnly} />
    </nav>
    {events.length === 0 ? (
      <Nothing site={site} refusedOnly={refusedOnly} />
    ) : (
      <ol class="trace">
        {events.map((event) => (
          <TraceRecord key={event.id} event={event} site={site} />
        ))}
      </ol>
    )}
    <Pagination newer={newer} older={older} />
  </AdminLayout>
)

const FilterLink = ({ href, isCurrent, label }: { href: string; isCurrent: boolean; label: string }): JSX.Element => (
  <a href={href} {...(isCurrent ? { "aria-current": "true" } : {})}>
    {label}
  </a>
)

const Nothing = ({ refusedOnly, site }: Pick<ActivityPageProps, "site" | "refusedOnly">): JSX.Element => (
  <section class="panel">
    <h2>{refusedOnly ? texts.apps.activity.noneRejected : texts.apps.activity.none}</h2>
    <p>{refusedOnly ? texts.apps.activity.noneRejectedAdvice : texts.apps.activity.noneAdvice}</p>
    <p>
      <Rich
        text={texts.apps.activity.connect}
        values={{ site: <code>{site.home}</code>, endpoint: <code>{`${site.url}/micropub`}</code> }}
      />
    </p>
  </section>
)

const TraceRecord = ({ event, site }: { readonly event: RecordedEvent; readonly site: Site }): JSX.Element => {
  const { asked, at, endpoint, method, refusal, status } = event
  return (
    <li class={refusal === undefined ? "granted" : "refused"}>
      <p class="verdict">
        <span class="mark" aria-hidden="true">
          {refusal === undefined ? "✓" : "✕"}
        </span>
        <strong>{verdict(status, refusal)}</strong>
        <code>{asked}</code>
        <Time at={at} site={site} />
      </p>
      <p class="who">
        <Client event={event} />
      </p>
      <small>
        {method} {endpoint} · {status} ·{" "}
        {texts.apps.activity.from({
          address: event.address === "" ? texts.apps.activity.unknownAddress : event.address
        })}
        {event.userAgent !== undefined && (
          <>
            {" · "}
            <span dir="auto">{browserInWords(event.userAgent) ?? event.userAgent}</span>
          </>
        )}
      </small>
      {refusal !== undefined && <Help refusal={refusal} requestId={event.requestId} />}
    </li>
  )
}

const verdict = (status: number, refusal: Refusal | undefined): string => {
  if (refusal === undefined) return texts.apps.activity.accepted
  return status >= 500 ? texts.apps.activity.failed : texts.apps.activity.refused
}

const Client = ({ event: { clientId, endpoint, label, tokenId } }: { readonly event: RecordedEvent }): JSX.Element => {
  if (label === undefined && clientId === undefined) {
    return (
      <>
        {endpoint.startsWith("/micropub") || endpoint.startsWith("/indieauth")
          ? texts.apps.activity.unknownApp
          : texts.apps.activity.signIn}
      </>
    )
  }
  return (
    <>
      {label !== undefined && (
        <a href={`/admin/tokens#token-${tokenId ?? ""}`} dir="auto">
          {label}
        </a>
      )}
      {label !== undefined && clientId !== undefined && " · "}
      {clientId !== undefined && <code>{clientId}</code>}
    </>
  )
}

const Help = ({ refusal, requestId }: { readonly refusal: Refusal; readonly requestId: string }): JSX.Element => (
  <details lang="en" dir="ltr">
    <summary>
      <code>{refusal.reason}</code> <Words text={refusal.message} />
    </summary>
    <p>
      Reply: <Words text={refusal.suggestion} />.
    </p>
    <Steps steps={refusal.troubleshooting} />
    {refusal.operator !== undefined && (
      <>
        <p>
          For the operator: <Words text={refusal.operator.details} />.
        </p>
        <Steps steps={refusal.operator.troubleshooting} />
      </>
    )}
    <p class="reference">
      {refusal.code !== "" && (
        <>
          <a href={`/errors/${refusal.code}`}>
            <code>{refusal.code}</code>
          </a>
          {" · "}
        </>
      )}
      request <code>{requestId}</code>
    </p>
  </details>
)

const Steps = ({ steps }: { readonly steps: ReadonlyArray<string> }): JSX.Element | null =>
  steps.length === 0 ? null : (
    <ul>
      {steps.map((step) => (
        <li key={step}>
          <Words text={step} />
        </li>
      ))}
    </ul>
  )

/** A sentence of the error catalogue; text between backticks is code. */
const Words = ({ text }: { readonly text: string }): JSX.Element => (
  <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
)
