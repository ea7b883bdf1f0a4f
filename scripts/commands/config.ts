import { Command } from "@effect/cli"
import { Console, Effect } from "effect"
import * as NodeSettings from "../../layers/process/Settings.js"
import { SettingsReport } from "../../src/settings/Config.js"
import { answer, columns, json } from "../Answer.js"
import { warningsText } from "./warnings.js"

const show = Command.make("show", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { entries, warnings } = yield* SettingsReport
    yield* answer(json, { settings: entries, warnings }, () =>
      columns(entries.map(({ name, source, value }) => [name, `(${source})`, value]))
    )
    if (!json) yield* Effect.forEach(warningsText(warnings), (line) => Console.error(line))
  }).pipe(Effect.provide(NodeSettings.layer))
).pipe(Command.withDescription("Prints every setting with its current value and source; secrets are masked"))

/** `starpunk config show`. */
export const config = Command.make("config").pipe(
  Command.withDescription("Shows the settings"),
  Command.withSubcommands([show])
)
