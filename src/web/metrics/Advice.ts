import { entries } from "../../errors/Catalogue.js"
import type { Point } from "../../metrics/History.js"
import type { CheckName, CheckResult, HealthReport } from "../../services/HealthChecker.js"
import { count } from "./Quantity.js"

/** A problem, and what to do about it. */
export interface Advice {
  readonly what: string
  readonly todo: string
  /** A code of the error catalogue with more information. */
  readonly code?: string
}

const parts: Readonly<Record<CheckName, string>> = {
  database: "Database reads",
  writer: "Database writes",
  search: "Search",
  filesystem: "Disk",
  media: "Uploads",
  memory: "Memory",
  pool: "Database connections",
  backup: "Backups",
  instances: "Instances",
  event_loop: "Event loop"
}

/** Texts for reasons that are not in the error catalogue. */
const reasons: Readonly<Record<string, Omit<Advice, "code">>> = {
  folders_not_writable: {
    what: "Some uploads fail: the server cannot write to some folders of media/.",
    todo: "Run `starpunk doctor` as the server's user: it reports the folders and the command to fix them."
  },
  fts5_missing: {
    what: "Search is degraded: this SQLite has no FTS5.",
    todo: "Unset STARPUNK_SQLITE_BINDING, or rebuild that SQLite with FTS5. Until then, the slower search finds the same posts."
  },
  trigram_missing: {
    what: "Search is degraded: the database has no extension pg_trgm.",
    todo: "Let the owner of the database run `CREATE EXTENSION pg_trgm`, and restart StarPunk. Until then, the slower search finds the same posts."
  },
  trigram_ctype: {
    what: "Search for words with letters outside of ASCII is slow: the database has the locale C.",
    todo: "Move the site to a database that was created with LC_CTYPE C.UTF-8."
  },
  index_failed: {
    what: "Search is degraded: its index failed and is being rebuilt.",
    todo: "If it happens again, check the disk and run `npx starpunk db check`."
  },
  rebuilding: {
    what: "Search is degraded until its index is complete.",
    todo: "Wait: the index completes automatically."
  },
  settings_differ: {
    what: "The instances of the site have different settings.",
    todo: "Give all of them the settings that the log names, and restart them one after the other."
  },
  clock_differs: {
    what: "The clocks of this machine and of the database differ.",
    todo: "Let both machines set their clocks by NTP: `timedatectl` shows whether they do."
  },
  low_space: {
    what: "The disk is almost full.",
    todo: "Delete old backups and other files you do not need, or move to a larger disk."
  },
  over_threshold: {
    what: "Memory use is above STARPUNK_MEMORY_THRESHOLD_MB.",
    todo: "Check the memory chart: if the line keeps rising, restart the server and report it; if it is level, raise the threshold."
  },
  waiting: {
    what: "Callers have waited several seconds for a database connection.",
    todo: "Check the log for the callers that hold connections. With many readers, raise STARPUNK_DB_CONNECTION_POOL_SIZE."
  },
  backup_overdue: {
    what: "The latest backup is older than two intervals.",
    todo: "Check the log for the cause of failed backups, or run `npx starpunk backup FILE` to make one now."
  },
  backup_missing: {
    what: "There is no backup after two intervals.",
    todo: "Check the log for the cause, or run `npx starpunk backup FILE` to make one now."
  },
  slow: {
    what: "The event loop was blocked for more than a second.",
    todo: "If it happens again, this machine may lack CPU: check what else runs on it."
  },
  blocked: {
    what: "The event loop is blocked repeatedly, for five seconds each time.",
    todo: "Restart the server, and report the log lines from before the restart."
  }
}

const byCode = new Map(entries.map(({ info }) => [info.code, info]))

const adviceOn = (check: CheckName, { reason, status }: CheckResult): ReadonlyArray<Advice> => {
  if (status === "healthy") return []
  const known = reasons[reason ?? ""]
  if (known !== undefined) return [known]
  const info = byCode.get(reason ?? "")
  if (info !== undefined) {
    return [
      {
        what: `${parts[check]}: ${info.message}.`,
        todo: `${info.operator?.troubleshooting[0] ?? info.suggestion}.`,
        code: info.code
      }
    ]
  }
  return [
    {
      what: `${parts[check]} did not respond in time.`,
      todo: "Run `npx starpunk doctor` to check it and to see how to fix it."
    }
  ]
}

const sum = (points: ReadonlyArray<Point>, of: (point: Point) => number): number =>
  points.reduce((total, point) => total + of(point), 0)

const things = (number: number, thing: string): string => `${count(number)} ${thing}${number === 1 ? "" : "s"}`

/** Advice from recent metrics that no health check covers. */
const adviceOnPast = (points: ReadonlyArray<Point>, when: string): ReadonlyArray<Advice> => {
  const failed = sum(points, ({ failed }) => failed)
  const timeouts = sum(points, ({ connectionTimeouts }) => connectionTimeouts)
  const lost = sum(points, ({ linesDropped }) => linesDropped)
  return [
    ...(failed === 0
      ? []
      : [
          {
            what: `${things(failed, "request")} failed in the last ${when} because of a server error.`,
            todo: "Find WARNING and ERROR lines in the log, and run `npx starpunk explain CODE` with their error code."
          }
        ]),
    ...(timeouts === 0
      ? []
      : [
          {
            what: `${things(timeouts, "caller")} got no database connection in the last ${when}.`,
            todo: "Check the log for the callers that held connections. With many readers, raise STARPUNK_DB_CONNECTION_POOL_SIZE.",
            code: "database.pool_exhausted"
          }
        ]),
    ...(lost === 0
      ? []
      : [
          {
            what: `${things(lost, "line")} of the log were lost in the last ${when}.`,
            todo: "Check the program that stores the log: it is too slow, or its disk is full. Lost lines cannot be recovered; the site itself is not affected."
          }
        ])
  ]
}

/** All advice, from the current checks and from the metrics of the period. */
export const advice = (
  { checks }: Pick<HealthReport, "checks">,
  points: ReadonlyArray<Point>,
  when: "hour" | "day"
): ReadonlyArray<Advice> => [
  ...(Object.entries(checks) as ReadonlyArray<[CheckName, CheckResult]>).flatMap(([check, result]) =>
    adviceOn(check, result)
  ),
  ...adviceOnPast(points, when)
]
