import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { LogLine } from "../program/Program.js"
import type { Verdict } from "./Oracle.js"
import type { Witness } from "./Witness.js"

/** One line of the fault table: what was caused, what everybody saw of it, and what ended it. */
export interface Row {
  readonly kind: string
  readonly fault: string
  /** How often it was caused in this run. */
  readonly times: number
  readonly readers: ReadonlyArray<string>
  readonly authors: ReadonlyArray<string>
  readonly readiness: ReadonlyArray<string>
  /** Codes of the log's warnings and errors. */
  readonly codes: ReadonlyArray<string>
  readonly ends: string
  /** Milliseconds from the fault's end to the first note that was kept. */
  readonly recovered: number | undefined
  readonly acknowledged: number
}

const results = fileURLToPath(new URL("../../.cache/faults", import.meta.url))

const codeOf = (line: LogLine): string | undefined => {
  if (typeof line.error_code === "string") return line.error_code
  const error = line.error
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined
}

/** The codes that a log's warnings and errors name. */
export const codesIn = (log: ReadonlyArray<LogLine>): ReadonlyArray<string> => {
  const codes = log
    .filter(({ level }) => level === "WARNING" || level === "ERROR" || level === "CRITICAL")
    .flatMap((line) => codeOf(line) ?? [])
  return [...new Set(codes)].toSorted()
}

/** Writes down what was seen, for the table. */
export const record = async (
  about: Pick<Row, "kind" | "fault" | "ends"> & { readonly times?: number; readonly recovered?: number },
  witness: Pick<Witness, "reads" | "writes" | "ready">,
  log: ReadonlyArray<LogLine>,
  verdict: Verdict
): Promise<void> => {
  const row: Row = {
    kind: about.kind,
    fault: about.fault,
    ends: about.ends,
    times: about.times ?? 1,
    recovered: about.recovered,
    readers: witness.reads.kinds,
    authors: witness.writes.kinds,
    readiness: witness.ready.kinds,
    codes: codesIn(log),
    acknowledged: verdict.acknowledged
  }
  await mkdir(results, { recursive: true })
  const name = `${about.kind} ${about.fault}`.toLowerCase().replace(/[^a-z0-9]+/g, "-")
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(row, null, 2)}\n`)
}
