import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { backup } from "./backup.js"
import { blocking } from "./blocking.js"
import { cleanup } from "./cleanup.js"
import { cold } from "./cold.js"
import type { Figure } from "./Figure.js"
import { faultsBench } from "./faults.js"
import { health } from "./health.js"
import { importNotes } from "./import.js"
import { large } from "./large.js"
import { load } from "./load.js"
import { logger } from "./logger.js"
import { long } from "./long.js"
import { memory } from "./memory.js"
import { overload } from "./overload.js"
import { pages } from "./pages.js"
import { pool } from "./pool.js"
import { postgres } from "./postgres.js"
import { performancePage, plotsOf } from "./Report.js"
import { circumstances, readResults, saveSection } from "./Results.js"
import { isQuick } from "./Scale.js"
import { search } from "./search.js"
import { sessions } from "./sessions.js"
import { start } from "./start.js"
import { strangers } from "./strangers.js"
import { writes } from "./writes.js"

type Bench = () => Promise<ReadonlyArray<Figure>>

/** The benches of the table in `docs/performance.md`, which run if none is named. */
const ofTable: Readonly<Record<string, Bench>> = {
  pages,
  cold,
  long,
  large,
  writes,
  overload,
  search,
  logger,
  sessions,
  start,
  memory,
  postgres
}

/** The other benches, which run if they are named or with `--all`. */
const others: Readonly<Record<string, Bench>> = {
  pool,
  load,
  health,
  backup,
  faults: faultsBench,
  cleanup,
  import: importNotes,
  strangers,
  blocking
}

const benches = { ...ofTable, ...others }

const usage = `Usage: bench [NAME...] [--all] [--quick] [--json FILE] [--write]

Without a name, runs the benches of the table in docs/performance.md: ${Object.keys(ofTable).join(", ")}.
Others: ${Object.keys(others).join(", ")}.

  --all        run all benches
  --quick      run at a small scale, to show that the benches work; no figure is judged
  --json FILE  save the results in FILE after each bench; results of other benches in it stay
  --write      write docs/performance.md and its plots from docs/performance/figures.json; runs no bench
`

/** A bench that takes longer has failed; the others still run. */
const mostMinutes = 6

const failed = (message: string): never => {
  process.stderr.write(message)
  return process.exit(2)
}

const given = (() => {
  try {
    const flag = { type: "boolean" } as const
    const options = { all: flag, quick: flag, json: { type: "string" }, write: flag, help: flag } as const
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    return failed(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
})()
const { positionals: wanted, values: options } = given

const write = (): void => {
  const pathOf = (path: string) => fileURLToPath(new URL(`../docs/${path}`, import.meta.url))
  const results = readResults(pathOf("performance/figures.json"))
  if (results.sections.some(({ isQuick }) => isQuick)) failed("The figures are from a run with --quick.\n")
  mkdirSync(pathOf("performance"), { recursive: true })
  for (const [file, svg] of Object.entries(plotsOf(results))) writeFileSync(pathOf(`performance/${file}`), svg)
  const page = pathOf("performance.md")
  writeFileSync(page, performancePage(readFileSync(page, "utf8"), results))
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const limited = async (bench: Bench): Promise<ReadonlyArray<Figure>> => {
  let timer: NodeJS.Timeout | undefined
  let onUncaught: (error: Error) => void = () => {}
  const broken = new Promise<never>((_, reject) => {
    // An error in an event handler fails this bench, and not the others.
    onUncaught = reject
    process.on("uncaughtException", onUncaught)
    timer = setTimeout(() => reject(new Error(`it took longer than ${mostMinutes} minutes`)), mostMinutes * 60_000)
  })
  return Promise.race([bench(), broken]).finally(() => {
    clearTimeout(timer)
    process.off("uncaughtException", onUncaught)
  })
}

const printed = ({ figure, name, ok, target }: Figure): string => {
  const verdict = isQuick ? "      " : ok ? "met   " : "MISSED"
  return `  ${verdict}  ${name}: ${figure}  [${target}]\n`
}

/** Runs a bench, prints its figures and saves them. Returns whether it worked and met its targets. */
const run = async (name: string, bench: Bench): Promise<boolean> => {
  process.stdout.write(`\n${name}\n`)
  const began = performance.now()
  let figures: ReadonlyArray<Figure> = []
  let error: string | undefined
  try {
    figures = await limited(bench)
  } catch (cause) {
    error = messageOf(cause)
    process.stderr.write(`  FAILED  ${cause instanceof Error ? cause.stack : cause}\n`)
  }
  const seconds = Math.round((performance.now() - began) / 1_000)
  for (const figure of figures) process.stdout.write(printed(figure))
  process.stdout.write(`  ${seconds} s\n`)
  if (options.json !== undefined) {
    const section = { name, at: new Date().toISOString(), ...circumstances(), isQuick, seconds, figures }
    saveSection(options.json, error === undefined ? section : { ...section, error })
  }
  return error === undefined && (isQuick || figures.every(({ ok }) => ok))
}

const runAll = async (): Promise<void> => {
  const unknown = wanted.filter((name) => !(name in benches))
  if (unknown.length > 0) failed(`There is no bench ${unknown.join(", ")}.\n\n${usage}`)
  const chosen = Object.entries(options.all || wanted.length > 0 ? benches : ofTable)
  let isGood = true
  for (const [name, bench] of chosen) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    isGood = (await run(name, bench)) && isGood
  }
  process.exit(isGood ? 0 : 1)
}

if (options.help) process.stdout.write(usage)
else if (options.write) write()
else await runAll()
