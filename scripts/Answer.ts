import { Options } from "@effect/cli"
import { Console, Data, type Effect } from "effect"
import { printable } from "./PrintableText.js"

/** `--json`, which every command takes. */
export const json = Options.boolean("json").pipe(Options.withDescription("Print JSON instead of text"))

/** How many of something: `1 post`, `2 posts`. */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

/** Prints a command's answer on standard output. */
export const answer = (asJson: boolean, value: unknown, text: () => string): Effect.Effect<void> =>
  Console.log(asJson ? JSON.stringify(value, undefined, 2) : printable(text()))

/** The command has already said why it did not succeed; only the exit code is left. */
export class Told extends Data.TaggedError("Told")<{ readonly exitCode: number }> {}

/** Rows as text columns, the last one as long as it likes. */
export const columns = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("\n", "?")))
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0))
  const widths = (cells[0] ?? []).map((_, column) => width(column))
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}
