import { backup } from "./backup.js"
import { blocking } from "./blocking.js"
import { cleanup } from "./cleanup.js"
import type { Figure } from "./Figure.js"
import { faultsBench } from "./faults.js"
import { health } from "./health.js"
import { importNotes } from "./import.js"
import { load } from "./load.js"
import { logger } from "./logger.js"
import { overload } from "./overload.js"
import { pages } from "./pages.js"
import { pool } from "./pool.js"
import { search } from "./search.js"
import { start } from "./start.js"
import { strangers } from "./strangers.js"
import { writes } from "./writes.js"

const benches: Readonly<Record<string, () => Promise<ReadonlyArray<Figure>>>> = {
  pool,
  pages,
  overload,
  load,
  writes,
  start,
  logger,
  health,
  search,
  backup,
  faults: faultsBench,
  cleanup,
  import: importNotes,
  strangers,
  blocking
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.\n`)
  process.exit(2)
}

const figures: Array<Figure> = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stdout.write(`\n${name}\n`)
  for (const figure of await bench()) {
    figures.push(figure)
    process.stdout.write(`  ${figure.ok ? "met   " : "MISSED"}  ${figure.name}: ${figure.figure}  [${figure.target}]\n`)
  }
}
process.exit(figures.every((figure) => figure.ok) ? 0 : 1)
