import { Duration } from "effect"
import { optionalSetting, setting } from "../Setting.js"
import { duration, flag, integer, level, oneOf, secret } from "../Syntax.js"

/** Browsers keep no cookie longer (draft-ietf-httpbis-rfc6265bis, §5.5: at most 400 days). */
const cookieLimitSeconds = 400 * 24 * 60 * 60

/** Search, sessions, log and health: what an operator turns. */
export const operation = {
  searchEnabled: setting({
    name: "STARPUNK_SEARCH_ENABLED",
    aliases: ["SEARCH_ENABLED"],
    group: "Search",
    description: "Whether the site can be searched",
    example: "false",
    syntax: flag,
    default: true,
    of: (values) => values.search.enabled
  }),
  searchEngine: setting({
    name: "STARPUNK_SEARCH_ENGINE",
    group: "Search",
    description: "`auto` uses FTS5 where SQLite has it, and the slower fallback elsewhere; the others force one",
    example: "fallback",
    syntax: oneOf("auto", "fts5", "fallback"),
    default: "auto",
    of: (values) => values.search.engine
  }),
  sessionTimeout: setting({
    name: "STARPUNK_SESSION_TIMEOUT",
    aliases: ["SESSION_TIMEOUT"],
    group: "Sessions",
    unit: "seconds",
    description: "How long a login lasts without being used (2592000: 30 days)",
    example: "86400",
    syntax: duration("seconds", { min: 1, max: cookieLimitSeconds }),
    default: Duration.days(30),
    of: (values) => values.session.idleTimeout
  }),
  sessionMaxAge: setting({
    name: "STARPUNK_SESSION_MAX_AGE",
    group: "Sessions",
    unit: "seconds",
    description: "How long a login lasts at most, however often it is used (7776000: 90 days)",
    example: "2592000",
    syntax: duration("seconds", { min: 1, max: cookieLimitSeconds }),
    default: Duration.days(90),
    of: (values) => values.session.maxAge
  }),
  logLevel: setting({
    name: "STARPUNK_LOG_LEVEL",
    aliases: ["LOG_LEVEL"],
    group: "Logging",
    description: "The least severe level that is logged. WARN and FATAL are understood as well, in any case",
    example: "DEBUG",
    syntax: level,
    default: "INFO",
    of: (values) => values.logLevel
  }),
  logFormat: setting({
    name: "STARPUNK_LOG_FORMAT",
    aliases: ["LOG_FORMAT"],
    group: "Logging",
    description: "`json` for machines, `pretty` for people; `auto` is json in production and pretty in development",
    example: "json",
    syntax: oneOf("auto", "json", "pretty"),
    default: "auto",
    of: (values) => values.logFormat
  }),
  healthDetailed: setting({
    name: "STARPUNK_HEALTH_CHECK_DETAILED",
    aliases: ["HEALTH_CHECK_DETAILED"],
    group: "Health",
    description: "Whether everybody sees what stands behind the verdict of the health endpoints",
    example: "true",
    syntax: flag,
    default: false,
    of: (values) => values.health.detailed
  }),
  healthToken: optionalSetting({
    name: "STARPUNK_HEALTH_TOKEN",
    group: "Health",
    description: "The bearer token that shows the health endpoints' detail to whoever sends it",
    example: "replace-by-the-output-of-openssl-rand-hex-32",
    secret: true,
    syntax: secret,
    absent: "nobody is shown the detail",
    of: (values) => values.health.token
  }),
  memoryThreshold: setting({
    name: "STARPUNK_MEMORY_THRESHOLD_MB",
    aliases: ["MEMORY_THRESHOLD_MB"],
    group: "Health",
    unit: "MB",
    description: "Resident memory above which the site calls itself degraded; it keeps serving",
    example: "256",
    syntax: integer({ min: 1, max: 1_048_576 }),
    default: 512,
    of: (values) => values.health.memoryThresholdMb
  })
}
