import { rmSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { expect, it } from "vitest"
import { migrations } from "../../layers/sqlite/migrations.js"
import type { Program } from "../program/Program.js"
import { faultSite, isLong } from "./FaultSite.js"
import { oracle } from "./Oracle.js"
import { record } from "./Row.js"

/** How many moments of a first start are tried, evenly spread from its first millisecond to its end. */
const moments = isLong ? 600 : 60

const remove = (program: Program) => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${program.databasePath}${suffix}`, { force: true })
}

const applied = (program: Program) => {
  const database = new Database(program.databasePath)
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
  const count = database.prepare("SELECT count(*) FROM migrations").pluck().get()
  database.close()
  return count
}

it(`kill -9 at ${moments} moments of a first start`, { timeout: 3_600_000 }, async () => {
  const { program, witness } = await faultSite()
  try {
    remove(program)
    const since = performance.now()
    await program.start()
    const whole = performance.now() - since
    for (let moment = 0; moment < moments; moment++) {
      await program.stop()
      remove(program)
      await program.launch()
      await wait((whole * moment) / moments)
      await program.stop("SIGKILL")
      await program.start()
      expect(applied(program), `after a kill ${Math.round((whole * moment) / moments)} ms into the start`).toBe(
        migrations.length
      )
    }
    await program.stop()
    const created = await program.run(["token", "create", "--scope", "create"])
    const author = witness.as(created.stdout.trim())
    await program.start()
    const recovered = await author.writesAgain()
    const { log } = program
    const verdict = await oracle(program, author.acknowledged)
    const fault = "kill -9 while the schema is made"
    const ends = "the next start; a migration is applied whole or not at all"
    await record({ kind: "Process", fault, times: moments, recovered, ends }, author, log, verdict)
  } finally {
    await program.dispose()
  }
})
