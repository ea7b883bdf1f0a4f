import { Command, HelpDoc, Options, ValidationError } from "@effect/cli"
import { Duration, Effect, Option } from "effect"
import { answer, json } from "../Answer.js"
import { check, defaultTimeout, isHttp } from "../Healthcheck.js"

const invalid = (message: string) => ValidationError.invalidValue(HelpDoc.p(message))

const url = Options.text("url").pipe(
  Options.withDescription("Address to check; default: STARPUNK_HOST and STARPUNK_PORT"),
  Options.mapEffect((text) =>
    isHttp(text)
      ? Effect.succeed(text)
      : Effect.fail(invalid("--url takes an http address, such as http://127.0.0.1:8000/health/ready"))
  ),
  Options.optional
)

const live = Options.boolean("live").pipe(Options.withDescription("Check liveness instead of readiness"))

const timeout = Options.float("timeout").pipe(
  Options.withDescription("Seconds to wait for the response; default: 5"),
  Options.withDefault(Duration.toSeconds(defaultTimeout)),
  Options.filterMap(
    (seconds) => (seconds > 0 && seconds <= 300 ? Option.some(Duration.seconds(seconds)) : Option.none()),
    "--timeout takes a number of seconds, up to 300"
  )
)

/** `starpunk healthcheck`. */
export const healthcheck = Command.make("healthcheck", { json, url, live, timeout }, ({ json, live, timeout, url }) =>
  Effect.flatMap(check({ url: Option.getOrUndefined(url), live, timeout }), (well) =>
    answer(json, { ok: true, url: well.url, status: well.status, health: well.health }, () => well.sentence)
  )
).pipe(Command.withDescription("Checks the health of the running server, for container health checks"))
