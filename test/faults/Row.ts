import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect } from "vitest"
import type { LogLine } from "../program/Program.js"
import type { FaultSite } from "./FaultSite.js"
import { oracle, type Verdict } from "./Oracle.js"

/** What a fault is, in the words of the table. No number that differs between a short run and a long one belongs into it. */
export interface About {
  readonly kind: "Clients" | "Corruption" | "Disk" | "Locks" | "Process" | "Time"
  readonly fault: string
  readonly ends: string
}

/** One line of the fault table: what was caused, what everybody saw of it, and what ended it. */
export interface Row extends About {
  /** How often it was caused in this run. */
  readonly times: number
  readonly readers: ReadonlyArray<string>
  readonly authors: ReadonlyArray<string>
  readonly readiness: ReadonlyArray<string>
  /** Codes of the log's warnings and errors. */
  readonly codes: ReadonlyArray<string>
  /** Milliseconds within which liveness answered 99 of 100 times, and how often it was asked. */
  readonly liveness: { readonly p99: number | undefined; readonly asked: number }
  /** Milliseconds from the fault's end to the first note that was kept, at most. */
  readonly recovered: number | undefined
  readonly acknowledged: number
  readonly uploaded: number
  /** Times that the process was killed. */
  readonly kills: number
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

const nameOf = ({ fault, kind }: Pick<About, "fault" | "kind">) =>
  `${kind} ${fault}`.toLowerCase().replace(/[^a-z0-9]+/g, "-")

const keep = async (name: string, row: object) => {
  await mkdir(results, { recursive: true })
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(row, null, 2)}\n`)
}

/** Writes down that a fault cannot be caused on this machine, and why: the run names it at its end. */
export const recordAsLacking = (fault: string, lacks: ReadonlyArray<string>): Promise<void> =>
  keep(`lacking-${nameOf({ kind: "Process", fault })}`, { fault, lacks })

/** What a fault's run has to tell beside what its witness saw. */
export interface Outcome extends About {
  readonly times?: number
  readonly recovered?: number
  readonly kills?: number
  /** Lines of a log that the program no longer holds. */
  readonly log?: ReadonlyArray<LogLine>
  /** Where the database lies, if not where the program puts it. */
  readonly databasePath?: string
  /** Notes that are read and searched for at the end; all when absent. */
  readonly sample?: number
}

/** Ends every fault: the oracle is asked, every refusal has to have said when to come again, and the row is written down. */
export const conclude = async ({ program, witness }: FaultSite, outcome: Outcome): Promise<Verdict> => {
  const { databasePath, ends, fault, kind, sample } = outcome
  expect(witness.withoutRetryAfter.kinds, "refusals without Retry-After").toEqual([])
  const log = outcome.log ?? program.log
  const verdict = await oracle(program, witness, {
    ...(databasePath === undefined ? {} : { databasePath }),
    ...(sample === undefined ? {} : { sample })
  })
  const row: Row = {
    kind,
    fault,
    ends,
    times: outcome.times ?? 1,
    recovered: outcome.recovered,
    readers: witness.reads.kinds,
    authors: witness.writes.kinds,
    readiness: witness.ready.kinds,
    codes: codesIn(log),
    liveness: { p99: witness.liveness.quantile(0.99), asked: witness.liveness.count },
    acknowledged: verdict.acknowledged,
    uploaded: witness.uploaded.length,
    kills: outcome.kills ?? 0
  }
  await keep(nameOf(row), row)
  return verdict
}
