import { Options } from "@effect/cli"
import { Console, Data, type Effect } from "effect"
import { printable } from "./PrintableText.js"

/** `--json`, which every command takes. */
export const json = Options.boolean("json").pipe(Options.withDescription("Print JSON instead of text"))

/** A count with its noun: `1 post`, `2 posts`. */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

/** Prints a command's result on standard output, as JSON or as text. */
export const answer = (asJson: boolean, value: unknown, text: () => string): Effect.Effect<void> =>
  Console.log(asJson ? JSON.stringify(value, undefined, 2) : printable(text()))

/** Ends a command whose error is already printed; only the exit code is missing. */
export class Reported extends Data.TaggedError("Reported")<{ readonly exitCode: number }> {}

/** Formats rows as text columns; every column but the last is padded to its widest cell. */
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
