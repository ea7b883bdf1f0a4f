import { Duration, Effect, Option } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { ask, urlOf } from "../health/HealthProbe.js"

/** Checks whether a server answers at the configured address: its health report, or a free port. */
export const server = (settings: SettingsValues): Effect.Effect<Finding> => {
  if (settings.port === 0)
    return Effect.succeed(ok("server.answer", "The server chooses a free port, so it was not checked"))
  const url = urlOf(settings, "/health/ready")
  return ask(url, Duration.seconds(3)).pipe(
    Effect.map(({ health, status }) => {
      if (Option.isNone(health)) {
        return fail(
          "server.answer",
          `Another program uses port ${settings.port}: stop it, or set STARPUNK_PORT to another port`,
          `ss -ltnp 'sport = :${settings.port}'`
        )
      }
      if (status !== 200)
        return fail("server.answer", `The server is running, but is ${health.value}`, "starpunk healthcheck")
      return health.value === "healthy"
        ? ok("server.answer", `The server responds on port ${settings.port} and is healthy`)
        : warn("server.answer", `The server responds, but is ${health.value}: check its log`, `curl -s ${url}`)
    }),
    Effect.catchTag("ServerNotWell", ({ detail, reason }) =>
      Effect.succeed(
        reason === "unreachable" && detail === "ECONNREFUSED"
          ? ok("server.answer", `No server is running on port ${settings.port}`)
          : fail(
              "server.answer",
              `The program on port ${settings.port} does not respond like a StarPunk server (${detail})`,
              `ss -ltnp 'sport = :${settings.port}'`
            )
      )
    )
  )
}
