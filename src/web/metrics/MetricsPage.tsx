import type { ComponentChildren, JSX } from "preact"
import type { Point, Range } from "../../metrics/History.js"
import type { HealthReport } from "../../services/HealthChecker.js"
import type { SearchStatus } from "../../services/SearchEngine.js"
import { texts } from "../../texts/Texts.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { type Advice, advice } from "./Advice.js"
import { Chart } from "./Chart.js"
import { charts } from "./Charts.js"
import { age, bytes, count } from "./Quantity.js"

/** Current values beside the charts. */
export interface Facts {
  readonly version: string
  readonly search: SearchStatus
  readonly sessions: number | undefined
  readonly databaseBytes: number | undefined
  readonly mediaBytes: number | undefined
  /** Time of the newest backup in epoch milliseconds, 0 if there is none; absent if the server makes none. */
  readonly backedUpAt: number | undefined
  readonly linesWritten: number
}

/** Properties of the metrics page. */
export interface MetricsPageProps {
  readonly site: Site
  readonly range: Range
  readonly points: ReadonlyArray<Point>
  readonly health: HealthReport
  readonly facts: Facts
}

const path = "/admin/metrics-dashboard"
const hours: Readonly<Record<Range, number>> = { hour: 1, day: 24 }

/** The metrics of an hour or a day: first problems and advice, then the charts. */
export const MetricsPage = ({ facts, health, points, range, site }: MetricsPageProps): JSX.Element => {
  const window = { from: health.timestamp - hours[range] * 3_600_000, to: health.timestamp }
  return (
    <AdminLayout site={site} title={texts.admin.sections.metrics} section="metrics">
      {/* Figures and advice for operators are in English, as logs and commands are. */}
      <div lang="en" dir="ltr">
        <h1>Metrics</h1>
        <Verdict health={health} wrong={advice(health, points, range)} />
        <nav class="filter" aria-label="Period">
          <RangeLink href={path} label="Last hour" isCurrent={range === "hour"} />
          <RangeLink href={`${path}?show=day`} label="Last 24 hours" isCurrent={range === "day"} />
        </nav>
        {points.length === 0 ? (
          <p class="quiet-text">
            No data yet: the first {range === "hour" ? "ten seconds" : "minute"} are not over. Reload the page in a
            moment.
          </p>
        ) : (
          <div class="charts">
            {charts.map((chart) => (
              <Chart key={chart.name} chart={chart} points={points} site={site} window={window} />
            ))}
          </div>
        )}
        <FactList facts={facts} health={health} site={site} />
        <p class="quiet-text">
          Charts cover at most 24 hours and restart with the server. For a longer history, let Prometheus scrape{" "}
          <a href="/metrics">/metrics</a> with the health token.
        </p>
      </div>
    </AdminLayout>
  )
}

const Verdict = ({
  health: { status, uptime },
  wrong
}: {
  readonly health: HealthReport
  readonly wrong: ReadonlyArray<Advice>
}): JSX.Element => {
  if (wrong.length === 0 && status !== "unhealthy") {
    return (
      <div class="notice" role="status">
        <p>
          <strong>All checks pass.</strong> No request failed in the period below.
        </p>
      </div>
    )
  }
  return (
    <div class="alert" role="status">
      <strong>{headline(status, uptime)}</strong>
      <ul class="wrong">
        {wrong.map(({ code, todo, what }) => (
          <li key={what}>
            <p>{what}</p>
            <p class="todo">
              <span>What to do:</span> <Marked text={todo} />
              {code !== undefined && (
                <>
                  {" "}
                  <a href={`/errors/${code}`}>
                    <code>{code}</code>
                  </a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

const headline = (status: HealthReport["status"], uptime: number): string => {
  if (status === "unhealthy") return uptime < 60 ? "The site is starting" : "The site is unhealthy"
  return status === "degraded" ? "The site is degraded" : "All checks pass, but there were errors"
}

/** Formats text between backticks as code. */
const Marked = ({ text }: { readonly text: string }): JSX.Element => (
  <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
)

const RangeLink = ({ href, isCurrent, label }: { href: string; isCurrent: boolean; label: string }): JSX.Element => (
  <a href={href} {...(isCurrent ? { "aria-current": "true" } : {})}>
    {label}
  </a>
)

const FactList = ({
  facts: { backedUpAt, databaseBytes, linesWritten, mediaBytes, search, sessions, version },
  health: { timestamp, uptime },
  site
}: Pick<MetricsPageProps, "facts" | "health" | "site">): JSX.Element => {
  const said = <A,>(value: A | undefined, words: (value: A) => string) =>
    value === undefined ? "unknown" : words(value)
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Current state</h2>
      <dl class="moment">
        <Fact name="StarPunk">
          {version}, running for {age(uptime)}
        </Fact>
        <Fact name="Last check">
          <Time at={timestamp} site={site} />
        </Fact>
        <Fact name="Search">{inWords(search)}</Fact>
        <Fact name="Database">{said(databaseBytes, bytes)}</Fact>
        <Fact name="Media">{said(mediaBytes, bytes)}</Fact>
        <Fact name="Sessions">
          <a href="/admin/sessions">{said(sessions, count)}</a>
        </Fact>
        <Fact name="Latest backup">{backupInWords(backedUpAt, timestamp)}</Fact>
        <Fact name="Log lines written">{count(linesWritten)}</Fact>
      </dl>
    </section>
  )
}

const Fact = ({ children, name }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const inWords = ({ enabled, engine, pending }: SearchStatus): string => {
  if (!enabled) return "turned off"
  const words = engine !== "fallback" ? "full-text index" : "fallback, without the full-text index"
  return pending === 0 ? words : `${words}; ${count(pending)} posts to be indexed`
}

const backupInWords = (at: number | undefined, now: number): string => {
  if (at === undefined) return "off: set STARPUNK_BACKUP_DIRECTORY to turn on"
  return at === 0 ? "none yet" : `${age(Math.max(0, now - at) / 1000)} ago`
}
