import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, type TestContext } from "vitest"
import type { LogLine } from "../program/Program.js"
import type { FaultSite } from "./FaultSite.js"
import { oracle, type Verdict } from "./Oracle.js"
import type { Witness } from "./Witness.js"

/** Fault of a row, in the words of the table, without numbers that differ between short and long runs. */
export interface About {
  readonly kind: "Clients" | "Corruption" | "Disk" | "Instances" | "Locks" | "Process" | "Time"
  readonly fault: string
  readonly ends: string
}

/** A row of the fault table: the fault, its effects, and what ended it. */
export interface Row extends About {
  /** Number of times in this run. */
  readonly times: number
  readonly readers: ReadonlyArray<string>
  readonly authors: ReadonlyArray<string>
  readonly readiness: ReadonlyArray<string>
  /** Codes of warnings and errors in the log. */
  readonly codes: ReadonlyArray<string>
  /** 99th percentile of liveness in milliseconds, and the number of requests. */
  readonly liveness: { readonly p99: number | undefined; readonly asked: number }
  /** Longest time from the end of the fault to the first stored note, in milliseconds. */
  readonly recovered: number | undefined
  readonly acknowledged: number
  readonly uploaded: number
  /** Number of kills. */
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

/** Codes of warnings and errors in a log. */
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

/** Records that a fault cannot be caused on this machine, and why; the run lists it at its end. */
const recordAsLacking = (fault: string, lacks: ReadonlyArray<string>): Promise<void> =>
  keep(`lacking-${nameOf({ kind: "Process", fault })}`, { fault, lacks })

/** Skips the test of a fault, and records why, if this machine lacks something for it. */
export const skipIfLacking = async (
  context: TestContext,
  fault: string,
  lacks: ReadonlyArray<string>
): Promise<void> => {
  if (lacks.length === 0) return
  await recordAsLacking(fault, lacks)
  context.skip(`takes ${lacks.join(" and ")}`)
}

/** Additional results of a fault's run. */
export interface Outcome extends About {
  readonly times?: number
  readonly recovered?: number
  readonly kills?: number
  /** Log lines that the program no longer holds. */
  readonly log?: ReadonlyArray<LogLine>
  /** Path of the database, if not the default one. */
  readonly databasePath?: string
  /** Notes to read and search for at the end; all if absent. */
  readonly sample?: number
}

/** Ends every fault: runs the oracle, checks that every refusal had a time to retry, and records the row. */
export const conclude = async ({ program, witness }: FaultSite, outcome: Outcome): Promise<Verdict> => {
  const { databasePath, sample } = outcome
  const log = outcome.log ?? program.log
  return recordWith(witness, { ...outcome, log }, () =>
    oracle(program, witness, {
      ...(databasePath === undefined ? {} : { databasePath }),
      ...(sample === undefined ? {} : { sample })
    })
  )
}

/** As `conclude`, for a site that has another oracle. */
export const recordWith = async (
  witness: Witness,
  outcome: Outcome & Required<Pick<Outcome, "log">>,
  oracle: () => Promise<Verdict>
): Promise<Verdict> => {
  const { ends, fault, kind, log } = outcome
  expect(witness.withoutRetryAfter.kinds, "refusals without Retry-After").toEqual([])
  const verdict = await oracle()
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
