import { Duration } from "effect"
import type { JSX } from "preact"
import type { Session, SessionLimits } from "../../../domain/login/Session.js"
import { browserInWords } from "../../../domain/login/UserAgent.js"
import { unmarked } from "../../../texts/Fallback.js"
import { texts } from "../../../texts/Texts.js"
import { AdminLayout } from "../../theme/AdminPage.js"
import { Notice } from "../../theme/Notice.js"
import { Rich } from "../../theme/Rich.js"
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
  <AdminLayout site={site} title={texts.login.sessions.title} section="sessions">
    <h1>{texts.login.sessions.title}</h1>
    {ended !== undefined && <Notice>{texts.login.sessions.ended(ended)}</Notice>}
    <p>{texts.login.sessions.lead({ idle: inWords(limits.idleMillis), most: inWords(limits.maxAgeMillis) })}</p>
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
            {texts.login.sessions.endOthers}
          </button>
        </form>
      )}
      <form method="post" action="/admin/sessions/end-all">
        <button type="submit" class="button quiet">
          {texts.login.sessions.endAll}
        </button>
      </form>
    </div>
    <p class="hint">
      <Rich text={texts.login.sessions.unknown} />
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
          {name ?? (userAgent === "" ? texts.login.sessions.unknownBrowser : userAgent.slice(0, 80))}
        </strong>
        {isCurrent && (
          <>
            {" "}
            <span class="badge">{texts.login.sessions.thisDevice}</span>
          </>
        )}
        <small>
          <Rich
            text={texts.login.sessions.from}
            values={{
              address: address ?? unmarked(texts.login.sessions.unknownAddress),
              time: <Time at={createdAt} site={site} />
            }}
          />
        </small>
        <small>
          <Rich text={texts.login.sessions.lastUsed} values={{ time: <Time at={lastUsedAt} site={site} /> }} />
        </small>
        <small>
          {expiresAt < endsAt ? (
            <Rich
              text={texts.login.sessions.endsIfUnused}
              values={{ time: <Time at={expiresAt} site={site} />, latest: <Time at={endsAt} site={site} /> }}
            />
          ) : (
            <Rich text={texts.login.sessions.ends} values={{ time: <Time at={endsAt} site={site} /> }} />
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
          {texts.login.sessions.end}
        </button>
      </form>
    </li>
  )
}

const units: ReadonlyArray<readonly [name: keyof typeof texts.login.sessions.units, millis: number]> = [
  ["day", Duration.toMillis("1 day")],
  ["hour", Duration.toMillis("1 hour")],
  ["minute", Duration.toMillis("1 minute")],
  ["second", 1000]
]

/** A duration in the largest unit that divides it. */
const inWords = (millis: number): string => {
  const [name, unit] = units.find(([, unit]) => millis >= unit && millis % unit === 0) ?? (["second", 1000] as const)
  return texts.login.sessions.units[name](Math.round(millis / unit))
}
