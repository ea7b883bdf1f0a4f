// Prepares `npm test`: builds SQLite without FTS5 and installs Chromium, PostgreSQL, OpenStack Swift and the programs of the
// deployment guide, as root on Debian and Ubuntu. Elsewhere the suites that need a missing program are skipped and named here; with CI set,
// a missing one fails the run.
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const steps = [
  ["build-sqlite-nofts5.mjs", "Skipped: tests on a SQLite without FTS5."],
  ["ensure-chromium.mjs", "Skipped: test/browser."],
  ["ensure-postgres.mjs", "Skipped: test/layers/postgres."],
  ["ensure-object-store.mjs", "Skipped: test/layers/s3 and other suites over an object store."],
  ["ensure-servers.mjs", ""]
]

for (const [script = "", skipped] of steps) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status } = spawnSync(process.execPath, [path], { stdio: ["ignore", "ignore", "inherit"] })
  if (status === 0) continue
  process.stderr.write(`${skipped}\n`)
  if (process.env.CI !== undefined) process.exitCode = 1
}
