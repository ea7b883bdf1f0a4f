// Draws the house from the imports themselves: the picture in docs/architecture.md.
// `--write` puts it there, `--check` says whether the one there is still true.
import { readFile, writeFile } from "node:fs/promises"
import { cruise } from "dependency-cruiser"

const file = new URL("../docs/architecture.md", import.meta.url)
const begin = "<!-- the house: made by `npm run docs`, do not edit -->"
const end = "<!-- end of the house -->"

/** A file's room: the folder on its floor. A file that lies on a floor itself is a room of its own. */
const roomOf = (/** @type {string} */ path) => path.split("/", 2).join("/")

const floors = ["scripts", "layers", "src"]
const { output } = await cruise(floors, {
  doNotFollow: { path: "node_modules" },
  includeOnly: { path: "^(src|layers|scripts)/" },
  exclude: { path: "\\.mjs$|^scripts/(bench|docs)" },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: "tsconfig.json" }
})

if (typeof output === "string") throw new Error("the cruiser answered text instead of modules")

const rooms = new Set()
const arrows = new Set()
for (const { source, dependencies } of output.modules) {
  const from = roomOf(source)
  rooms.add(from)
  for (const { resolved } of dependencies) {
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
} else if (current !== text) {
  process.stderr.write("docs/architecture.md shows another house than the imports build: run `npm run docs`.\n")
  process.exitCode = 1
}
