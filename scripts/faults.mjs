// Runs the fault suite: `npm run faults` takes about a quarter of an hour, `npm run faults -- --long` runs ten times
// the kills and longer faults, `--brief` runs what CI runs, and a name selects files: `npm run faults -- disk`. A complete run writes
// docs/faults.md. `--rows` lets a run of some files replace their rows there, `--only=TITLE` selects tests by their title, and
// `--share=0.25 --add` runs a quarter of the counts and adds the rows to those of the run before. In CI each fault runs at a subset of the places, and the run fails if a fault has no row in
// docs/faults.md or a row has no fault.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const results = join(root, ".cache/faults")
const page = join(root, "docs/faults.md")
const isLong = process.argv.includes("--long")
const isCi = process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false"
/** The form of CI: `npm run faults -- --brief` writes the page as well. */
const isBrief = isCi || process.argv.includes("--brief")
const isAdded = process.argv.includes("--add")
/** @param {string} name */
const valueOf = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const files = await readdir(join(root, "test/faults"))
/** Names in any case: `instances` selects each file of Instances*.fault.ts. */
const names = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith("--"))
  .flatMap((name) => {
    const chosen = files.filter((file) => file.endsWith(".fault.ts") && file.toLowerCase().includes(name.toLowerCase()))
    if (chosen.length === 0) throw new Error(`there is no fault file ${name}`)
    return chosen.map((file) => `test/faults/${file}`)
  })
const isWhole = names.length === 0
/** Whether the rows of some files are replaced on the page. */
const replacesRows = process.argv.includes("--rows")
/** Only rewrites the table from the results of the last runs, after single files were run by name. */
const isTable = process.argv.includes("--table")

/** @param {string} command @param {ReadonlyArray<string>} args @param {Record<string, string>} [environment] */
const run = (command, args, environment = {}) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...environment } }).status ?? 1

/** @param {ReadonlyArray<string>} items */
const list = (items) => (items.length === 0 ? "–" : items.map((item) => `\`${item}\``).join(", "))

/** @param {number | undefined} millis */
const seconds = (millis) => (millis === undefined ? "" : ` (${(millis / 1000).toFixed(1)} s at most)`)

/** @param {{ p99?: number, asked: number }} liveness */
const liveness = ({ p99, asked }) => (p99 === undefined ? "–" : `${Math.ceil(p99)} ms of ${asked}`)

/** @param {any} row */
const line = (row) =>
  [
    "",
    row.fault + (row.times > 1 ? ` (${row.times} times)` : ""),
    list(row.readers),
    list(row.authors),
    list(row.readiness),
    list(row.codes),
    liveness(row.liveness),
    row.ends + seconds(row.recovered),
    ""
  ]
    .join(" | ")
    .trim()

/** @param {ReadonlyArray<any>} rows @param {string} name */
const sum = (rows, name) => rows.reduce((total, row) => total + (row[name] ?? 0), 0)

/** @param {ReadonlyArray<any>} rows */
const table = (rows) => {
  const kinds = [...new Set(rows.map(({ kind }) => kind))].toSorted()
  const notes = sum(rows, "acknowledged")
  return [
    "# Faults",
    "",
    "Made by `npm run faults`, do not edit. Each fault is real and happens to the shipped program in a process of its own. Each row",
    "passed the same checks: every acknowledged note and file is stored and served at its address, and search finds the note. The",
    "database, its references and its search index are valid. Every file that a record or a post names exists. Every log line is",
    "complete. Each refusal has `Retry-After`. Anonymous and authorised probes get the same verdict. A note is accepted within 5 s of the",
    "end of the fault, without a restart unless the table names one.",
    "",
    `In this run (${isLong ? "`--long`" : isBrief ? "`--brief`" : "the short form"}) the process was killed **${sum(rows, "kills")}** times, and`,
    `**${notes}** notes and **${sum(rows, "uploaded")}** files were acknowledged under faults. All of them were found afterwards.`,
    "",
    "A cell lists what was seen at least once during the fault, or just before or after. `0 no connection` means that the client found no",
    "server, because it had been killed or stopped. *Liveness* is the time within which `/health/live` answered 99 of 100 requests. A client",
    "on the same machine sent one about every 50 ms, while that machine also did everything else in the row. `strace`, where a fault needs",
    "it, stops each system call of the server.",
    ...kinds.flatMap((kind) => ["", `## ${kind}`, "", ...head, ...rows.filter((row) => row.kind === kind).map(line)]),
    ""
  ].join("\n")
}

const head = [
  "| fault | readers got | authors got | readiness | codes in the log | liveness p99 | what ends it |",
  "|---|---|---|---|---|---|---|"
]

/**
 * The page with the rows of some files in place of theirs, and with a sentence about them.
 * @param {string} present @param {ReadonlyArray<any>} rows
 */
const withRows = (present, rows) => {
  if (rows.length === 0) return present
  const [before = "", ...rest] = present.split("\n## ")
  const sections = new Map(
    rest.map((section) => {
      const [kind = "", ...lines] = section.split("\n")
      return [kind, lines.filter((text) => text.startsWith("| ") && !text.startsWith("| fault |"))]
    })
  )
  for (const { kind } of rows) {
    const mine = rows.filter((row) => row.kind === kind)
    const faults = mine.map(({ fault }) => fault)
    const others = (sections.get(kind) ?? []).filter((text) => !faultsIn(text).some((fault) => faults.includes(fault)))
    sections.set(kind, [...others, ...mine.map(line)].toSorted())
  }
  const kinds = [...new Set(rows.map(({ kind }) => `*${kind}*`))].toSorted().join(" and ")
  const form = isLong ? "`--long`" : isBrief ? "`--brief`" : "the short form"
  const sentence = `Later, ${rows.length} rows of ${kinds} were made again (${form}): **${sum(rows, "kills")}** kills, **${sum(rows, "acknowledged")}** notes and **${sum(rows, "uploaded")}** files.`
  const paragraphs = before.split("\n\n").filter((text) => !text.startsWith("Later, "))
  const place = paragraphs.findIndex((text) => text.startsWith("In this run")) + 1
  return [
    paragraphs.toSpliced(place, 0, sentence).join("\n\n").trimEnd(),
    ...[...sections].toSorted().flatMap(([kind, lines]) => ["", `## ${kind}`, "", ...head, ...lines]),
    ""
  ].join("\n")
}

/** Fault names of the table's rows, without their counts. @param {string} text */
const faultsIn = (text) =>
  text
    .split("\n")
    .filter((row) => row.startsWith("| ") && !row.startsWith("| fault |"))
    .map((row) => (row.split(" | ")[0] ?? "").slice(2).replace(/ \(\d+ times\)$/, ""))

/**
 * Differences between docs/faults.md and the faults of this run. @param {ReadonlyArray<any>} rows @param
 * {ReadonlyArray<any>} lacking
 */
const outdated = async (rows, lacking) => {
  const documented = existsSync(page) ? faultsIn(await readFile(page, "utf8")) : []
  const caused = rows.map(({ fault }) => fault)
  const missing = caused.filter((fault) => !documented.includes(fault)).map((fault) => `no row for: ${fault}`)
  // With skipped faults, the rows without a fault cannot be distinguished from their rows.
  if (lacking.length > 0) return missing
  return [...missing, ...documented.filter((fault) => !caused.includes(fault)).map((fault) => `no fault for: ${fault}`)]
}

/** Rows of earlier runs, by their file, with its time. @type {Map<string, any>} */
const earlier = new Map()
if (isAdded) {
  for (const name of await readdir(results)) {
    const path = join(results, name)
    earlier.set(name, { row: JSON.parse(await readFile(path, "utf8")), at: (await stat(path)).mtimeMs })
  }
}

/** @param {ReadonlyArray<string>} one @param {ReadonlyArray<string>} other */
const union = (one, other) => [...new Set([...one, ...other])].toSorted()

/** The row of two runs of a fault. @param {any} one @param {any} other */
const added = (one, other) => ({
  ...other,
  times: one.times + other.times,
  kills: one.kills + other.kills,
  acknowledged: one.acknowledged + other.acknowledged,
  uploaded: one.uploaded + other.uploaded,
  readers: union(one.readers, other.readers),
  authors: union(one.authors, other.authors),
  readiness: union(one.readiness, other.readiness),
  codes: union(one.codes, other.codes),
  recovered: Math.max(one.recovered ?? 0, other.recovered ?? 0),
  liveness: {
    p99: Math.max(one.liveness.p99 ?? 0, other.liveness.p99 ?? 0),
    asked: one.liveness.asked + other.liveness.asked
  }
})

if (isWhole && !isTable) await rm(results, { recursive: true, force: true })
await mkdir(results, { recursive: true })
const built =
  !isTable &&
  (run(process.execPath, ["scripts/build.mjs", "--if-stale"]) ||
    run(process.execPath, ["scripts/build-sqlite-nofts5.mjs"]) ||
    run(process.execPath, ["scripts/ensure-fault-tools.mjs"]) ||
    (isCi && run(process.execPath, ["scripts/ensure-postgres.mjs"])))
// Files run one after another for accurate figures; CI, which records none, runs two at a time.
const side = isBrief ? ["--fileParallelism", "--maxWorkers=2", "--minWorkers=1"] : []
const only = valueOf("only")
const chosen = only === undefined ? names : [...names, "-t", only]
const config = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.faults.config.ts", ...side, ...chosen]
const status = isTable
  ? 0
  : built ||
    run(process.execPath, config, {
      STARPUNK_FAULTS: isLong ? "long" : isBrief ? "brief" : "short",
      STARPUNK_FAULTS_SHARE: valueOf("share") ?? "1"
    })
for (const [name, { at, row }] of earlier) {
  const path = join(results, name)
  if ((await stat(path)).mtimeMs === at) continue
  const now = JSON.parse(await readFile(path, "utf8"))
  // A failed run adds nothing.
  const isSum = status === 0 && now.lacks === undefined && row.lacks === undefined
  await writeFile(path, `${JSON.stringify(isSum ? added(row, now) : row, null, 2)}\n`)
}

/** @type {Array<any>} */
const kept = []
for (const name of (await readdir(results)).toSorted())
  kept.push(JSON.parse(await readFile(join(results, name), "utf8")))
const rows = kept.filter(({ lacks }) => lacks === undefined)
const lacking = kept.filter(({ lacks }) => lacks !== undefined)
const text = table(rows)
// After a failure the reason stays the last thing printed.
if (status === 0) process.stdout.write(`\n${text}`)
for (const { fault, lacks } of lacking) {
  process.stderr.write(`Not caused on this machine: ${fault}. It takes ${lacks.join(" and ")}.\n`)
}
process.exitCode = status
if (status === 0 && isWhole && isCi && !replacesRows) {
  const faults = await outdated(rows, lacking)
  for (const fault of faults)
    process.stderr.write(`docs/faults.md is out of date: ${fault}. Run \`npm run faults\` to update it.\n`)
  if (faults.length > 0) process.exitCode = 1
} else if (status === 0 && replacesRows) {
  await writeFile(page, withRows(await readFile(page, "utf8"), rows))
} else if (status === 0 && isWhole) {
  if (lacking.length === 0) await writeFile(page, text)
  else process.stderr.write("docs/faults.md was not changed: not every fault could be caused.\n")
}
