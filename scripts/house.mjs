// Reads every import once. `--check` reports imports that break a rule of `.dependency-cruiser.cjs`, folders that import each
// other, and a picture in
// docs/architecture.md that is out of date; `--floors` checks the rules alone; `--write` updates the picture.
import { readFile, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { cruise } from "dependency-cruiser"
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options"
import { folderCircles } from "./folders.mjs"

const file = new URL("../docs/architecture.md", import.meta.url)
const begin = "<!-- the house: made by `npm run docs`, do not edit -->"
const end = "<!-- end of the house -->"

/** A file's room: the folder on its floor. A file that lies on a floor itself is a room of its own. */
const roomOf = (/** @type {string} */ path) => path.split("/", 2).join("/")

const floors = ["scripts", "layers", "src"]
const options = await extractOptions(fileURLToPath(new URL("../.dependency-cruiser.cjs", import.meta.url)))
process.chdir(fileURLToPath(new URL("..", import.meta.url)))
const { output } = await cruise([...floors, "test"], options)

if (typeof output === "string") throw new Error("the cruiser answered text instead of modules")

const violations = output.summary.violations.filter(({ rule }) => rule.severity === "error")
for (const { cycle, from, rule, to } of violations) {
  const path = [from, ...(cycle?.map(({ name }) => name) ?? [to])].join(" → ")
  process.stderr.write(`${rule.name}: ${path}\n`)
}
const circles = folderCircles(output.modules.filter(({ source }) => /^(src|layers|scripts|test)\//.test(source)))
for (const circle of circles) process.stderr.write(`no-folder-circles: ${circle.join(" ↔ ")}\n`)
if (violations.length + circles.length > 0) process.exitCode = 1

/** Files of the picture: the program, without benches, generators of documents and build scripts. */
const isPictured = (/** @type {string} */ path) =>
  /^(src|layers|scripts)\//.test(path) && !/\.mjs$|^scripts\/(bench|docs)/.test(path)

const rooms = new Set()
const arrows = new Set()
for (const { source, dependencies } of output.modules) {
  if (!isPictured(source)) continue
  const from = roomOf(source)
  rooms.add(from)
  for (const { resolved } of dependencies) {
    if (!isPictured(resolved)) continue
    const to = roomOf(resolved)
    rooms.add(to)
    if (from !== to) arrows.add(`${from} ${to}`)
  }
}

const id = (/** @type {string} */ room) => room.replaceAll(/[^A-Za-z]/g, "_")
const label = (/** @type {string} */ room) => room.slice(room.indexOf("/") + 1)
const lines = ["```mermaid", "flowchart TB"]
for (const floor of floors) {
  lines.push(`  subgraph ${floor}`)
  for (const room of [...rooms].filter((room) => room.startsWith(`${floor}/`)).sort()) {
    lines.push(`    ${id(room)}["${label(room)}"]`)
  }
  lines.push("  end")
}
for (const arrow of [...arrows].sort()) {
  const [from, to] = arrow.split(" ")
  lines.push(`  ${id(from)} --> ${id(to)}`)
}
lines.push("```")

const text = await readFile(file, "utf8")
const before = text.slice(0, text.indexOf(begin) + begin.length)
const after = text.slice(text.indexOf(end))
const current = `${before}\n\n${lines.join("\n")}\n\n${after}`

if (process.argv.includes("--write")) {
  await writeFile(file, current)
} else if (process.argv.includes("--check") && current !== text) {
  process.stderr.write("docs/architecture.md shows another house than the imports build: run `npm run docs`.\n")
  process.exitCode = 1
}
