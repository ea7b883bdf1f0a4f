import { Duration, Option } from "effect"
import { derivedSetting, optionalSetting, setting } from "../Setting.js"
import { duration, flag, integer, level, oneOf, secret } from "../Syntax.js"

/** Browsers keep no cookie longer (draft-ietf-httpbis-rfc6265bis, §5.5: at most 400 days). */
const cookieLimitSeconds = 400 * 24 * 60 * 60

/** Settings of search, sessions, log and health. */
export const operation = {
  search: {
    enabled: setting({
      name: "STARPUNK_SEARCH_ENABLED",
      aliases: ["SEARCH_ENABLED"],
      group: "Search",
      description: "Turns search on or off",
      example: "false",
      syntax: flag,
      default: true
    }),
    engine: setting({
      name: "STARPUNK_SEARCH_ENGINE",
      group: "Search",
      description:
        "Search engine. `auto` uses FTS5 if SQLite has it, otherwise the slower `fallback`; the other values force one engine",
      example: "fallback",
      syntax: oneOf("auto", "fts5", "fallback"),
      default: "auto"
    })
  },
  session: {
    idleTimeout: setting({
      name: "STARPUNK_SESSION_TIMEOUT",
      aliases: ["SESSION_TIMEOUT"],
      group: "Sessions",
      unit: "seconds",
      description: "Idle limit: a session ends after this time without use (2592000 is 30 days)",
      example: "86400",
      syntax: duration("seconds", { min: 1, max: cookieLimitSeconds }),
      default: Duration.days(30)
    }),
    maxAge: setting({
      name: "STARPUNK_SESSION_MAX_AGE",
      group: "Sessions",
      unit: "seconds",
      description: "Absolute limit: a session ends after this time, even if it is in use (7776000 is 90 days)",
      example: "2592000",
      syntax: duration("seconds", { min: 1, max: cookieLimitSeconds }),
      default: Duration.days(90)
    })
  },
  logLevel: setting({
    name: "STARPUNK_LOG_LEVEL",
    aliases: ["LOG_LEVEL"],
    group: "Logging",
    description: "Lowest level that is logged. Also accepts WARN and FATAL; case does not matter",
    example: "DEBUG",
    syntax: level,
    default: "INFO"
  }),
  logFormat: derivedSetting({
    name: "STARPUNK_LOG_FORMAT",
    aliases: ["LOG_FORMAT"],
    group: "Logging",
    description: "Log format. `auto` is `json` in production and `pretty` in development",
    example: "json",
    syntax: oneOf("auto", "json", "pretty"),
    absent: "auto",
    derive: (given, { environment }): "json" | "pretty" => {
      const format = Option.getOrElse(given, () => "auto" as const)
      if (format !== "auto") return format
      return environment === "production" ? "json" : "pretty"
    }
  }),
  health: {
    detailed: setting({
      name: "STARPUNK_HEALTH_CHECK_DETAILED",
      aliases: ["HEALTH_CHECK_DETAILED"],
      group: "Health",
      description: "Shows the details of the health endpoints to everyone",
      example: "true",
      syntax: flag,
      default: false
    }),
    token: optionalSetting({
      name: "STARPUNK_HEALTH_TOKEN",
      group: "Health",
      description: "Bearer token for the details of the health endpoints and for /metrics",
      example: "replace-by-the-output-of-openssl-rand-hex-32",
      secret: true,
      syntax: secret,
      absent: "unset: no details, and /metrics for the logged-in owner only"
    }),
    memoryThresholdMb: setting({
      name: "STARPUNK_MEMORY_THRESHOLD_MB",
      aliases: ["MEMORY_THRESHOLD_MB"],
      group: "Health",
      unit: "MB",
      description: "Resident memory above which the health status is degraded. The site keeps running",
      example: "256",
      syntax: integer({ min: 1, max: 1_048_576 }),
      default: 512
    })
  }
}
