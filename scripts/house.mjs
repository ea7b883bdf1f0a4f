// Checks all imports in one pass. `--check` reports imports that break a rule of `.dependency-cruiser.cjs`, import
// cycles between folders, and differences between the imports and the diagram in docs/architecture.md; `--floors` skips
// the diagram.
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { cruise } from "dependency-cruiser"
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options"
import { folderCircles } from "./folders.mjs"
import { pictureFaults } from "./picture.mjs"

const file = new URL("../docs/architecture.md", import.meta.url)
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

if (process.argv.includes("--check")) {
  const faults = pictureFaults(await readFile(file, "utf8"), output.modules)
  for (const fault of faults) process.stderr.write(`docs/architecture.md: ${fault}\n`)
  if (faults.length > 0) process.exitCode = 1
}
