/** A figure that the site is to reach. */
export interface Goal {
  readonly title: string
  readonly better: "more" | "less"
  /** Unit after the number, with a blank; empty for ratios. */
  readonly unit: "" | " ms" | " MB" | " %" | " of 100" | " lost"
  readonly target: number
  readonly ambition: number
  /** The figure before page cache, stored renderings, group commit and load shedding. */
  readonly before: string
}

const more = (title: string, target: number, ambition: number, before = "–", unit: Goal["unit"] = ""): Goal => ({
  title,
  better: "more",
  unit,
  target,
  ambition,
  before
})

const less = (...given: Parameters<typeof more>): Goal => ({ ...more(...given), better: "less" })

const long = (what: string) => less(`${what} over 50 posts of 100 kB ÷ over 50 posts of 1 kB, CPU`, 3, 1.5, "50 to 100")
const large = (what: string) => less(`${what} at 100,000 notes ÷ at 1,000, CPU`, 1.05, 1, "≤ 1.02")

/**
 * The figures of `docs/performance.md`, in its order. Speeds are bare ÷ ours (more is better), where the bare server does
 * the same work in the same run.
 */
export const goals = {
  cachedString: more("cached home ÷ bare node:http that sends a string", 1.2, 1.5, "0.026"),
  cachedBuffer: more("cached home ÷ bare node:http that sends a Buffer", 0.55, 0.65, "0.013"),
  cachedFastify: more("cached home ÷ Fastify and pino that send the same string", 1.3, 1.6, "0.035"),
  notModified: more("304 ÷ bare node:http's 200 (a string)", 1.2, 1.4),
  uncached: more("uncached home of 20 notes ÷ bare node:http and better-sqlite3 from stored parts", 0.33, 0.5, "~0.06"),
  longHome: long("home"),
  longTag: long("tag"),
  longRss: long("RSS feed"),
  longAtom: long("Atom feed"),
  longJson: long("JSON Feed"),
  longSearch: long("search"),
  longApi: long("search API"),
  longLive: less("liveness p99 while those are requested ÷ idle", 5, 2, "300"),
  creates: more("Micropub creates, 16 at once, FULL ÷ bare better-sqlite3 with a FULL transaction each", 0.5, 1),
  createsAtOnce: more("100 creates at once beside a busy core, answered 201", 100, 100, "42 to 78", " of 100"),
  overloadGood: more("good answers under five times the capacity ÷ at capacity", 0.9, 0.97, "0.1 to 0.2"),
  overloadLost: less("resets, time-outs and other answers under overload", 0, 0, "2 to 3 %", " lost"),
  overloadTail: less("p99 of good answers under overload", 1_000, 500, "30,000", " ms"),
  searchRare: less("search for a rare word, 100,000 notes, p50", 1, 0.5, "–", " ms"),
  searchCommon: less("search for a very common word, 100,000 notes, p50", 5, 3, "–", " ms"),
  searchFallback: less("search without the index, 10,000 notes, slowest p95", 200, 80, "–", " ms"),
  largeHome: large("home"),
  largePermalink: large("permalink"),
  largeFeed: large("RSS feed"),
  logLine: less("log line ÷ pino with a synchronous destination, CPU", 1, 0.9, "0.9 to 1.0"),
  session: less("session check ÷ prepared read of a row by bare better-sqlite3, CPU", 2, 1.2),
  start: less("start to the first 200 ÷ bare Node and better-sqlite3, CPU", 5, 4, "7.3"),
  memoryIdle: less("memory, idle", 115, 95, "126 to 140", " MB"),
  memoryGrowth: less("memory after 1,000,000 requests, more than idle", 20, 5, "–", " %"),
  instancesCached: more("cached home of one instance ÷ of each of three on one machine", 0.9, 1),
  postgresCreates: less("Micropub creates, 16 at once, over PostgreSQL ÷ over SQLite, CPU of StarPunk", 3, 2),
  postgresRare: less("PostgreSQL: search for a rare word, 100,000 notes, p50", 2, 1, "–", " ms"),
  postgresCommon: less("PostgreSQL: search for a very common word, 100,000 notes, p50", 20, 10, "–", " ms"),
  instancesVisible: less("a note that one instance acknowledged, on pages of the others, p99", 1_000, 100, "–", " ms")
} as const satisfies Readonly<Record<string, Goal>>

/** Name of a goal. */
export type GoalName = keyof typeof goals
