import { Command } from "@effect/cli"
import { Effect } from "effect"
import { exitCode } from "../../layers/process/ExitCode.js"
import * as NodeSettings from "../../layers/process/Settings.js"
import type { ConfigurationInvalid } from "../../src/errors/Startup.js"
import { SettingsReport } from "../../src/settings/Config.js"
import { answer, json, Reported } from "../Answer.js"
import { warningsText } from "./warnings.js"

// The report is the command's result, so that JSON goes to standard output.
const refuse = (failure: ConfigurationInvalid, json: boolean): Effect.Effect<never, ConfigurationInvalid | Reported> =>
  json
    ? Effect.zipRight(
        answer(json, { ok: false, problems: failure.problems, warnings: [] }, () => ""),
        Effect.fail(new Reported({ exitCode: exitCode.configuration }))
      )
    : Effect.fail(failure)

/** `starpunk check-config`: reads every setting as `serve` does, without starting anything. */
export const checkConfig = Command.make("check-config", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { entries, warnings } = yield* SettingsReport
    const given = entries.filter(({ source }) => source !== "default").length
    yield* answer(json, { ok: true, problems: [], warnings }, () =>
      [`The configuration is valid: ${given} of ${entries.length} settings are set.`, ...warningsText(warnings)].join(
        "\n"
      )
    )
  }).pipe(
    Effect.provide(NodeSettings.layer),
    Effect.catchTag("ConfigurationInvalid", (failure) => refuse(failure, json))
  )
).pipe(Command.withDescription("Reports all errors in the settings, without starting the server"))
