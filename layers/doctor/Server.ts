import { Duration, Effect, Option } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { ask, urlOf } from "../health/HealthProbe.js"

/** Checks whether a server answers at the configured address: its health report, or a free port. */
export const server = (settings: SettingsValues): Effect.Effect<Finding> => {
  if (settings.port === 0)
    return Effect.succeed(ok("server.answer", "The server takes any free port: it was not asked"))
  const url = urlOf(settings, "/health/ready")
  return ask(url, Duration.seconds(3)).pipe(
    Effect.map(({ health, status }) => {
      if (Option.isNone(health)) {
        return fail(
          "server.answer",
          `Another program than StarPunk answers at port ${settings.port}: stop it, or choose another port in STARPUNK_PORT`,
          `ss -ltnp 'sport = :${settings.port}'`
        )
      }
      if (status !== 200)
        return fail("server.answer", `The server is running, and calls itself ${health.value}`, "starpunk healthcheck")
      return health.value === "healthy"
        ? ok("server.answer", `The server answers at port ${settings.port}, and is healthy`)
        : warn(
            "server.answer",
            `The server answers, and calls itself ${health.value}: the log says why`,
            `curl -s ${url}`
          )
    }),
    Effect.catchTag("ServerNotWell", ({ detail, reason }) =>
      Effect.succeed(
        reason === "unreachable" && detail === "ECONNREFUSED"
          ? ok("server.answer", `No server is running, and port ${settings.port} is free`)
          : fail(
              "server.answer",
              `What listens at port ${settings.port} does not answer as a server does (${detail})`,
              `ss -ltnp 'sport = :${settings.port}'`
            )
      )
    )
  )
}
