import { rmSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { expect, it } from "vitest"
import { migrations } from "../../layers/sqlite/schema/migrations.js"
import type { Program } from "../program/Program.js"
import { type FaultSite, faultSite, isBrief, isLong } from "./FaultSite.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"

/** Number of moments of a first start, evenly spread from its first millisecond to its end. */
const moments = isLong ? 600 : isBrief ? 10 : 30

/** Step between the writes of a first start at which it is killed. */
const stride = isLong ? 1 : isBrief ? 17 : 6

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

/** The start after a kill: it serves, and the schema is complete. */
const startsWhole = async (program: Program, where: string) => {
  await program.start()
  expect(applied(program), where).toBe(migrations.length)
  await program.stop("SIGKILL")
  remove(program)
}

const concludeWith = async (site: FaultSite, fault: string, times: number) => {
  const { program } = site
  const created = await program.run(["token", "create", "--scope", "create"])
  const witness = site.witness.as(created.stdout.trim())
  await program.start()
  const recovered = await witness.writesAgain()
  const ends = "the next start; a migration is applied completely or not at all"
  await conclude({ program, witness }, { kind: "Process", fault, times, kills: times, recovered, ends })
}

it("kill -9 at moments of a first start", { timeout: 3_600_000 }, async () => {
  const site = await faultSite()
  const { program } = site
  try {
    remove(program)
    const since = performance.now()
    await program.start()
    const whole = performance.now() - since
    await program.stop()
    remove(program)
    for (let moment = 0; moment < moments; moment++) {
      await program.launch()
      await wait((whole * moment) / moments)
      await program.stop("SIGKILL")
      await startsWhole(program, `after a kill ${Math.round((whole * moment) / moments)} ms into the start`)
    }
    await concludeWith(site, "kill -9 at moments of a first start", moments)
  } finally {
    await program.dispose()
  }
})

faultTest(
  "kill -9 at the n-th write of a first start",
  ["strace"],
  async () => {
    const site = await faultSite()
    const { program } = site
    try {
      remove(program)
      let times = 0
      for (let n = 1; ; n += stride) {
        const kill = ["-e", "trace=pwrite64", "-e", `inject=pwrite64:signal=SIGKILL:when=${n}`] as const
        await program.launch({}, ["strace", "-D", "-f", "-o", "/dev/null", ...kill, process.execPath])
        if ((await program.readyOrEnded()) === "ready") break
        times++
        await startsWhole(program, `after a kill at write ${n}`)
      }
      // Each migration makes several writes.
      expect(times * stride).toBeGreaterThan(migrations.length)
      await program.stop()
      remove(program)
      await concludeWith(site, "kill -9 at the n-th write of a first start", times)
    } finally {
      await program.dispose()
    }
  },
  60
)
