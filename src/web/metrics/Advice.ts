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
  database: "Reading from the database",
  writer: "Writing to the database",
  search: "Search",
  filesystem: "The disk",
  media: "Keeping uploads",
  memory: "Memory",
  pool: "The database's connections",
  backup: "The backup",
  event_loop: "The program itself"
}

/** Texts for reasons that are not in the error catalogue. */
const reasons: Readonly<Record<string, Omit<Advice, "code">>> = {
  folders_not_writable: {
    what: "Some uploads cannot be kept: there are folders of media/ that the server may not write to.",
    todo: "Run `starpunk doctor` as the server's user: it names the folder, and the command that fixes it."
  },
  fts5_missing: {
    what: "Search is reduced: this SQLite was built without FTS5.",
    todo: "Unset STARPUNK_SQLITE_BINDING, or build that SQLite with FTS5. Until then the slower search finds the same posts."
  },
  index_failed: {
    what: "Search is reduced: its index failed and is being built anew.",
    todo: "Nothing, unless it comes back: then check the disk, and run `npx starpunk db check`."
  },
  rebuilding: { what: "Search is reduced until its index is complete.", todo: "Nothing: it ends by itself." },
  low_space: {
    what: "There is little room left on the disk.",
    todo: "Remove what is not needed, old backups on the same disk above all, or move to a larger disk."
  },
  over_threshold: {
    what: "The process uses more memory than STARPUNK_MEMORY_THRESHOLD_MB allows.",
    todo: "Look at the chart of memory: if it only ever climbs, restart and report it; if it is level, raise the threshold."
  },
  waiting: {
    what: "Callers have been waiting for a database connection for several seconds.",
    todo: "The log names who holds connections and for how long. With many readers, raise STARPUNK_DB_CONNECTION_POOL_SIZE."
  },
  backup_overdue: {
    what: "The newest backup is older than two intervals.",
    todo: "The log has the reason of every backup that failed. `npx starpunk backup FILE` makes one now, and says what is wrong."
  },
  backup_missing: {
    what: "There is no backup yet, though two intervals have passed.",
    todo: "The log has the reason. `npx starpunk backup FILE` makes one now, and says what is wrong."
  },
  slow: {
    what: "The program paused for more than a second.",
    todo: "If it comes back, this machine has too little processor for all that runs on it: look what else does."
  },
  blocked: {
    what: "The program is blocked again and again, for five seconds at a time.",
    todo: "Restart it, and report what the log says from before."
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
      what: `${parts[check]} did not answer in time.`,
      todo: "`npx starpunk doctor` looks at it from outside, and says what mends it."
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
            what: `${things(failed, "request")} failed in the last ${when}, for a reason of the site's own.`,
            todo: "Look for lines of level WARNING and ERROR in the log; each has the code, which `npx starpunk explain CODE` explains."
          }
        ]),
    ...(timeouts === 0
      ? []
      : [
          {
            what: `${things(timeouts, "caller")} got no database connection in the last ${when}.`,
            todo: "The log names who held them. With many readers at once, raise STARPUNK_DB_CONNECTION_POOL_SIZE.",
            code: "database.pool_exhausted"
          }
        ]),
    ...(lost === 0
      ? []
      : [
          {
            what: `${things(lost, "line")} of the log got lost in the last ${when}.`,
            todo: "Whatever reads the log is too slow, or its disk is full. What is lost does not come back; the site itself is not harmed."
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
