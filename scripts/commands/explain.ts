import { Args, Command } from "@effect/cli"
import { Console, Effect, Option } from "effect"
import { exitCode } from "../../layers/process/ExitCode.js"
import { type CatalogueEntry, entries } from "../../src/errors/Catalogue.js"
import { verdict } from "../../src/errors/ErrorInfo.js"
import { nearest } from "../../src/settings/Nearest.js"
import { answer, columns, json, Reported } from "../Answer.js"

const steps = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.map((line, index) => `  ${index + 1}. ${line}`)

const text = ({ info }: CatalogueEntry): string =>
  [
    info.code,
    `  HTTP ${info.status}. ${verdict(info)}`,
    "",
    "Text for visitors",
    `  ${info.message}. ${info.suggestion}.`,
    ...steps(info.troubleshooting),
    ...(info.operator === undefined
      ? []
      : [
          "",
          "Example from the log",
          `  ${info.operator.details}`,
          "",
          "What to do",
          ...steps(info.operator.troubleshooting)
        ])
  ].join("\n")

const unknown = (code: string) => {
  const codes = entries.map(({ info }) => info.code)
  const hint = Option.match(nearest(code, codes), {
    onNone: () => "Run `starpunk explain` to list all codes.",
    onSome: (near) => `Did you mean ${near}?`
  })
  return Effect.zipRight(Console.error(`There is no code ${code}. ${hint}`), new Reported({ exitCode: exitCode.usage }))
}

/** `starpunk explain [CODE]`: prints the meaning of an error code and its fixes, or all codes. */
export const explain = Command.make(
  "explain",
  {
    json,
    code: Args.text({ name: "CODE" }).pipe(
      Args.withDescription("An error code, such as database.locked"),
      Args.optional
    )
  },
  ({ code, json }) =>
    Option.match(code, {
      onNone: () =>
        answer(
          json,
          entries.map(({ info }) => info),
          () => columns(entries.map(({ info }) => [info.code, String(info.status), info.message]))
        ),
      onSome: (wanted) => {
        const entry = entries.find(({ info }) => info.code === wanted.toLowerCase())
        return entry === undefined ? unknown(wanted) : answer(json, entry.info, () => text(entry))
      }
    })
).pipe(Command.withDescription("Explains an error code, or lists all of them"))
