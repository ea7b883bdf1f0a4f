// Causes every fault for real and writes what was seen into docs/faults.md: `npm run faults`, for a quarter of an hour, or
// `npm run faults -- --long`, with ten times the kills and longer faults. A name chooses a file: `npm run faults -- Disk`.
import { spawnSync } from "node:child_process"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const results = join(root, ".cache/faults")
const isLong = process.argv.includes("--long")
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"))

/** @param {string} command @param {ReadonlyArray<string>} args @param {Record<string, string>} [environment] */
const run = (command, args, environment = {}) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...environment } }).status ?? 1

/** @param {ReadonlyArray<string>} items */
const list = (items) => (items.length === 0 ? "–" : items.map((item) => `\`${item}\``).join(", "))

/** @param {any} row */
const line = (row) =>
  [
    "",
    row.fault + (row.times > 1 ? ` (${row.times} times)` : ""),
    list(row.readers),
    list(row.authors),
    list(row.readiness),
    list(row.codes),
    row.ends + (row.recovered === undefined ? "" : ` (${(row.recovered / 1000).toFixed(1)} s at most)`),
    ""
  ]
    .join(" | ")
    .trim()

const table = async () => {
  /** @type {Array<any>} */
  const rows = []
  for (const name of await readdir(results)) rows.push(JSON.parse(await readFile(join(results, name), "utf8")))
  const kinds = [...new Set(rows.map(({ kind }) => kind))].toSorted()
  const kept = rows.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  return [
    "# Faults",
    "",
    "Made by `npm run faults`, do not edit: every fault was caused for real, against the shipped program in a process of its",
    "own, and every line passed the same oracle: each note that was acknowledged is stored, can be read at its address and is",
    "found by search; the file is sound, its references and its search index too; every line of the log is one; a note is",
    "kept within 5 s of the fault's end, without a restart where the table names none.",
    "",
    `Notes acknowledged under faults in this run, and found: **${kept}** of ${kept}.`,
    ...kinds.flatMap((kind) => [
      "",
      `## ${kind}`,
      "",
      "| fault | readers saw | authors saw | readiness | codes in the log | what ends it |",
      "|---|---|---|---|---|---|",
      ...rows.filter((row) => row.kind === kind).map(line)
    ]),
    ""
  ].join("\n")
}

if (names.length === 0) await rm(results, { recursive: true, force: true })
await mkdir(results, { recursive: true })
const built = run("node", ["scripts/build.mjs", "--if-stale"])
const config = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.faults.config.ts", ...names]
const status = built || run(process.execPath, config, { STARPUNK_FAULTS: isLong ? "long" : "short" })
const text = await table()
process.stdout.write(`\n${text}`)
if (status === 0 && names.length === 0) await writeFile(join(root, "docs/faults.md"), text)
process.exitCode = status
