import { Option } from "effect"

/** A setting of StarPunk (Python) that this program does not read. */
export interface ObsoleteSetting {
  readonly name: string
  /** What replaces it, as a sentence. */
  readonly instead: string
}

const derivedLogin =
  "StarPunk is its own login provider and token endpoint. It discovers other providers from the page in STARPUNK_ADMIN_ME"
const pageCache = "Feeds are in the page cache; STARPUNK_PAGE_CACHE_SIZE sets its size"

/** Settings of the original that have no effect here. The server starts with them and logs a warning. */
export const obsoleteSettings: ReadonlyArray<ObsoleteSetting> = [
  { name: "SESSION_SECRET", instead: "Sessions are random tokens, which need no signing key" },
  { name: "INDIELOGIN_URL", instead: derivedLogin },
  { name: "TOKEN_ENDPOINT", instead: derivedLogin },
  { name: "DEV_ADMIN_ME", instead: "Use STARPUNK_ADMIN_ME" },
  { name: "FEED_CACHE_ENABLED", instead: pageCache },
  { name: "FEED_CACHE_MAX_SIZE", instead: pageCache },
  { name: "METRICS_SAMPLING_RATE", instead: "Metrics count every request; there is no sampling" },
  { name: "DB_WAL_MODE", instead: "The write-ahead log is always on" },
  { name: "SEARCH_TITLE_LENGTH", instead: "Search results show titles in full length" },
  { name: "SEARCH_HIGHLIGHT_CLASS", instead: "Matches are in `mark` elements, which a style sheet can select" },
  { name: "SEARCH_MIN_SCORE", instead: "Search has no minimum score: it lists all matches, the best first" },
  { name: "PERF_MONITORING_ENABLED", instead: "Metrics are always on; see /metrics" },
  { name: "PERF_SLOW_QUERY_THRESHOLD", instead: "Slow database use is logged automatically" },
  { name: "PERF_LOG_QUERIES", instead: "Use STARPUNK_LOG_LEVEL=DEBUG" },
  { name: "PERF_MEMORY_TRACKING", instead: "Use STARPUNK_MEMORY_THRESHOLD_MB" },
  { name: "LOG_FILE_PATH", instead: "The log goes to standard output: redirect it, or let systemd or Docker store it" },
  { name: "LOG_ROTATION", instead: "The log goes to standard output: rotate it where you store it" },
  { name: "ERROR_DETAILS_IN_RESPONSE", instead: "Details are in the log, under the X-Request-ID of the response" }
]

/** The obsolete setting of that name, with or without the prefix `STARPUNK_`. */
export const obsolete = (name: string): Option.Option<ObsoleteSetting> => {
  const bare = name.replace(/^STARPUNK_/, "")
  return Option.fromNullable(obsoleteSettings.find((setting) => setting.name === bare))
}
