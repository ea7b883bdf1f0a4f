import { Duration } from "effect"
import type { JSX } from "preact"
import type { Session, SessionLimits } from "../../../domain/login/Session.js"
import { browserInWords } from "../../../domain/login/UserAgent.js"
import { AdminLayout } from "../../theme/AdminPage.js"
import { Notice } from "../../theme/Notice.js"
import type { Site } from "../../theme/Site.js"
import { Time } from "../../theme/Time.js"

/** Properties of the sessions page. */
export interface SessionsPageProps {
  readonly site: Site
  /** The session of the request. */
  readonly current: Session
  /** All active sessions, this one included, last used first. */
  readonly sessions: ReadonlyArray<Session>
  readonly limits: SessionLimits
  /** Number of sessions that were just ended, if any. */
  readonly ended?: number
}

/** The owner's sessions with their times, and buttons to end them. */
export const SessionsPage = ({ current, ended, limits, sessions, site }: SessionsPageProps): JSX.Element => (
  <AdminLayout site={site} title="Sessions" section="sessions">
    <h1>Sessions</h1>
    {ended !== undefined && <Notice>{endedInWords(ended)}</Notice>}
    <p>
      These browsers are logged in to your site. Sessions end after {inWords(limits.idleMillis)} without use,{" "}
      {inWords(limits.maxAgeMillis)} at most.
    </p>
    <ul class="records">
      {[...sessions]
        .sort((a, b) => Number(b.id === current.id) - Number(a.id === current.id))
        .map((session) => (
          <SessionRecord key={session.id} session={session} isCurrent={session.id === current.id} site={site} />
        ))}
    </ul>
    <div class="actions">
      {sessions.length > 1 && (
        <form method="post" action="/admin/sessions/end-others">
          <button type="submit" class="button quiet">
            Log out all others
          </button>
        </form>
      )}
      <form method="post" action="/admin/sessions/end-all">
        <button type="submit" class="button quiet">
          Log out everywhere
        </button>
      </form>
    </div>
    <p class="hint">
      Don't recognise one? Log it out, and change your passphrase under <a href="/admin/security">Security</a>. Apps use{" "}
      <a href="/admin/tokens">tokens</a> instead.
    </p>
  </AdminLayout>
)

interface SessionRecordProps {
  readonly session: Session
  readonly isCurrent: boolean
  readonly site: Site
}

const SessionRecord = ({ isCurrent, session, site }: SessionRecordProps): JSX.Element => {
  const { address, createdAt, endsAt, expiresAt, id, lastUsedAt, userAgent = "" } = session
  const name = browserInWords(userAgent)
  const label = `session-${id}`
  return (
    <li id={label}>
      <div>
        <strong id={`${label}-name`} dir="auto">
          {name ?? (userAgent === "" ? "Unknown browser" : userAgent.slice(0, 80))}
        </strong>
        {isCurrent && (
          <>
            {" "}
            <span class="badge">This device</span>
          </>
        )}
        <small>
          From {address ?? "an unknown address"} · since <Time at={createdAt} site={site} />
        </small>
        <small>
          Last used <Time at={lastUsedAt} site={site} />
        </small>
        <small>
          {expiresAt < endsAt ? (
            <>
              Ends <Time at={expiresAt} site={site} /> if unused, <Time at={endsAt} site={site} /> at the latest
            </>
          ) : (
            <>
              Ends <Time at={endsAt} site={site} />
            </>
          )}
        </small>
      </div>
      <form method="post" action="/admin/sessions/end">
        <input type="hidden" name="id" value={id} />
        <button
          type="submit"
          class="button quiet small"
          id={`${label}-end`}
          aria-labelledby={`${label}-end ${label}-name`}
        >
          Log out
        </button>
      </form>
    </li>
  )
}

const endedInWords = (count: number): string => {
  if (count === 0) return "This session had already ended."
  return count === 1 ? "One session was logged out." : `${count} sessions were logged out.`
}

const units: ReadonlyArray<readonly [name: string, millis: number]> = [
  ["day", Duration.toMillis("1 day")],
  ["hour", Duration.toMillis("1 hour")],
  ["minute", Duration.toMillis("1 minute")],
  ["second", 1000]
]

/** A duration in the largest unit that divides it. */
const inWords = (millis: number): string => {
  const [name, unit] = units.find(([, unit]) => millis >= unit && millis % unit === 0) ?? ["second", 1000]
  const count = Math.round(millis / unit)
  return count === 1 ? `one ${name}` : `${count} ${name}s`
}
