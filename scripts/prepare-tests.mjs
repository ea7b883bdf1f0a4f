// Makes what `npm test` needs besides the packages: SQLite without FTS5, Chromium, and the programs of the deployment guide.
// Missing programs are installed as root on Debian and Ubuntu. Elsewhere the suites that need them are skipped and named
// here; with CI set, a missing one ends the run.
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const steps = [
  ["build-sqlite-nofts5.mjs", "Skipped: tests on a SQLite without FTS5."],
  ["ensure-chromium.mjs", "Skipped: test/browser."],
  ["ensure-servers.mjs", ""]
]

for (const [script = "", skipped] of steps) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status } = spawnSync(process.execPath, [path], { stdio: ["ignore", "ignore", "inherit"] })
  if (status === 0) continue
  process.stderr.write(`${skipped}\n`)
  if (process.env.CI !== undefined) process.exitCode = 1
}
