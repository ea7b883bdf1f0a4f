import { Command } from "@effect/cli"
import { Console, Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import * as NodeSettings from "../../layers/process/Settings.js"
import { type ChosenText, chosenElsewhere } from "../../src/settings/ChosenSite.js"
import { Settings, SettingsReport } from "../../src/settings/Config.js"
import { answer, columns, json } from "../Answer.js"
import { warningsText } from "./warnings.js"

/** The owner's settings in the browser; nothing if the database cannot be read. */
const browserChoices = Effect.gen(function* () {
  const settings = yield* Settings
  return chosenElsewhere(settings, yield* Maintenance.siteChoices)
}).pipe(
  Effect.catchAll(({ info }) =>
    Effect.as(
      Console.error(`The settings of the browser are not shown: ${info.operator?.details ?? info.message}`),
      new Map<string, ChosenText>()
    )
  )
)

const show = Command.make("show", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { entries, warnings } = yield* SettingsReport
    const chosen = yield* browserChoices
    const settings = entries.map((entry) => {
      const other = chosen.get(entry.name)
      if (other === undefined) return entry
      return { ...entry, value: other.text, source: other.by === "browser" ? "settings in the browser" : other.by }
    })
    yield* answer(json, { settings, warnings }, () =>
      columns(settings.map(({ name, source, value }) => [name, `(${source})`, value]))
    )
    if (!json) yield* Effect.forEach(warningsText(warnings), (line) => Console.error(line))
  }).pipe(Effect.provide(NodeSettings.layer))
).pipe(
  Command.withDescription(
    "Prints every setting with its current value and source: the environment, a file, the settings in the browser, or the default; secrets are masked"
  )
)

/** `starpunk config show`. */
export const config = Command.make("config").pipe(
  Command.withDescription("Shows the settings"),
  Command.withSubcommands([show])
)
