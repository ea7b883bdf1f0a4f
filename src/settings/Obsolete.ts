import { Option } from "effect"

/** A name that the original StarPunk read and this one does not. */
export interface ObsoleteSetting {
  readonly name: string
  /** What has taken its place, as a sentence. */
  readonly instead: string
}

const derivedLogin =
  "StarPunk is its own login provider and token endpoint; others are found from the page that STARPUNK_ADMIN_ME names"
const tunedByItself = "Nothing to do: this is done by itself"

/** Names of the original that no longer mean anything: accepted, and warned of. */
export const obsoleteSettings: ReadonlyArray<ObsoleteSetting> = [
  { name: "SESSION_SECRET", instead: "Sessions are random tokens, which need no signing secret" },
  { name: "INDIELOGIN_URL", instead: derivedLogin },
  { name: "TOKEN_ENDPOINT", instead: derivedLogin },
  { name: "DEV_ADMIN_ME", instead: "Use STARPUNK_ADMIN_ME" },
  { name: "FEED_CACHE_ENABLED", instead: tunedByItself },
  { name: "FEED_CACHE_MAX_SIZE", instead: tunedByItself },
  { name: "METRICS_SAMPLING_RATE", instead: "Everything is counted: there is nothing to sample" },
  { name: "DB_WAL_MODE", instead: "The write-ahead log is always on" },
  { name: "SEARCH_TITLE_LENGTH", instead: tunedByItself },
  { name: "SEARCH_HIGHLIGHT_CLASS", instead: "Matches stand in `mark` elements, which a stylesheet can reach" },
  { name: "SEARCH_MIN_SCORE", instead: tunedByItself },
  { name: "PERF_MONITORING_ENABLED", instead: "Measuring is always on; see the health endpoints" },
  { name: "PERF_SLOW_QUERY_THRESHOLD", instead: "Slow use of the database is logged by itself" },
  { name: "PERF_LOG_QUERIES", instead: "Use STARPUNK_LOG_LEVEL=DEBUG" },
  { name: "PERF_MEMORY_TRACKING", instead: "Use STARPUNK_MEMORY_THRESHOLD_MB" },
  { name: "LOG_FILE_PATH", instead: "The log goes to standard output: redirect it, or let systemd or Docker keep it" },
  { name: "LOG_ROTATION", instead: "The log goes to standard output: whatever keeps it rotates it" },
  { name: "ERROR_DETAILS_IN_RESPONSE", instead: "Details are in the log, under the answer's X-Request-ID" }
]

/** The obsolete setting of that name, with or without the prefix `STARPUNK_`. */
export const obsolete = (name: string): Option.Option<ObsoleteSetting> => {
  const bare = name.replace(/^STARPUNK_/, "")
  return Option.fromNullable(obsoleteSettings.find((setting) => setting.name === bare))
}
