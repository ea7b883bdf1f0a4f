import type { ComponentChildren, JSX } from "preact"
import type { Release } from "../../domain/updates/Release.js"
import type { Point, Range } from "../../metrics/History.js"
import type { HealthReport } from "../../services/HealthChecker.js"
import type { SearchStatus } from "../../services/SearchEngine.js"
import { texts } from "../../texts/Texts.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { NewerLine } from "../updates/NewerLine.js"
import { type Advice, advice } from "./Advice.js"
import { Chart } from "./Chart.js"
import { charts } from "./Charts.js"
import { age, bytes, count } from "./Quantity.js"

/** Current values beside the charts. */
export interface Facts {
  readonly version: string
  /** A newer release, if the owner wants to know. */
  readonly newer: Release | undefined
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
  const words = texts.metrics
  const window = { from: health.timestamp - hours[range] * 3_600_000, to: health.timestamp }
  return (
    <AdminLayout site={site} title={texts.admin.sections.metrics} section="metrics">
      <h1>{words.title}</h1>
      <Verdict health={health} wrong={advice(health, points, range)} />
      <nav class="filter" aria-label={words.period}>
        <RangeLink href={path} label={words.hour} isCurrent={range === "hour"} />
        <RangeLink href={`${path}?show=day`} label={words.day} isCurrent={range === "day"} />
      </nav>
      {points.length === 0 ? (
        <p class="quiet-text">{words.noData[range]}</p>
      ) : (
        <div class="charts">
          {charts.map((chart) => (
            <Chart key={chart.name} chart={chart} points={points} site={site} window={window} />
          ))}
        </div>
      )}
      <FactList facts={facts} health={health} site={site} />
      <p class="quiet-text">
        <Rich text={words.longer} />
      </p>
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
          <Rich text={texts.metrics.fine} />
        </p>
      </div>
    )
  }
  return (
    <div class="alert" role="status">
      <strong>{headline(status, uptime)}</strong>
      <ul class="wrong">
        {wrong.map(({ code, todo, what }) => (
          // It is in English, as the log and the commands that it names.
          <li key={what}>
            <p lang="en" dir="ltr">
              {what}
            </p>
            <p class="todo">
              <span>{texts.metrics.todo}</span>{" "}
              <span lang="en" dir="ltr">
                <Marked text={todo} />
              </span>
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
  const { degraded, errors, starting, unhealthy } = texts.metrics.headlines
  if (status === "unhealthy") return uptime < 60 ? starting : unhealthy
  return status === "degraded" ? degraded : errors
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
  facts: { backedUpAt, databaseBytes, linesWritten, mediaBytes, newer, search, sessions, version },
  health: { timestamp, uptime },
  site
}: Pick<MetricsPageProps, "facts" | "health" | "site">): JSX.Element => {
  const { now } = texts.metrics
  const orUnknown = <A,>(value: A | undefined, words: (value: A) => string) =>
    value === undefined ? now.unknown : words(value)
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{now.title}</h2>
      <dl class="moment">
        <Fact name="StarPunk">
          {now.running({ version, age: age(uptime) })}
          {newer !== undefined && <NewerLine release={newer} />}
        </Fact>
        <Fact name={now.lastCheck}>
          <Time at={timestamp} site={site} />
        </Fact>
        <Fact name={now.search}>{inWords(search)}</Fact>
        <Fact name={now.database}>{orUnknown(databaseBytes, bytes)}</Fact>
        <Fact name={now.media}>{orUnknown(mediaBytes, bytes)}</Fact>
        <Fact name={now.sessions}>
          <a href="/admin/sessions">{orUnknown(sessions, count)}</a>
        </Fact>
        <Fact name={now.backup}>{backupInWords(backedUpAt, timestamp)}</Fact>
        <Fact name={now.lines}>{count(linesWritten)}</Fact>
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
  const { searchFallback, searchIndex, searchOff, searchPending } = texts.metrics.now
  if (!enabled) return searchOff
  const words = engine === "fallback" ? searchFallback : searchIndex
  return pending === 0 ? words : searchPending({ words, count: count(pending) })
}

const backupInWords = (at: number | undefined, now: number): string => {
  const { ago, backupNone, backupOff } = texts.metrics.now
  if (at === undefined) return backupOff
  return at === 0 ? backupNone : ago({ age: age(Math.max(0, now - at) / 1000) })
}
