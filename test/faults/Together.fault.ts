import { setTimeout as wait } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { type FaultSite, faultSite, isBrief, isLong } from "./FaultSite.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"
import { inject } from "./Strace.js"

/** Authors at once, so that their notes share transactions. */
const authors = 24

/** Each author posts one note. */
const together = ({ witness }: FaultSite) => Promise.all(Array.from({ length: authors }, () => witness.write()))

const kills = isLong ? 200 : isBrief ? 5 : 12

it("kill -9 while many authors post at once", { timeout: 3_600_000 }, async () => {
  const site = await faultSite()
  const { program, witness } = site
  let recovered = 0
  try {
    for (let cycle = 0; cycle < kills; cycle++) {
      await program.start()
      recovered = Math.max(recovered, await witness.writesAgain())
      const posting = (async () => {
        while (program.pid !== undefined && (await together(site)).some(({ status }) => status === 201)) await wait(1)
      })()
      // Early moments hit the first transactions, later ones a queue.
      await wait(20 + ((cycle * 137) % 900))
      expect(await program.stop("SIGKILL")).toBe(null)
      await posting
    }
    await program.start()
    recovered = Math.max(recovered, await witness.writesAgain())
    await conclude(site, {
      kind: "Process",
      fault: `kill -9 while ${authors} authors post at once`,
      ends: "the next start; everything acknowledged is there",
      times: kills,
      kills,
      recovered,
      sample: 100
    })
  } finally {
    await program.dispose()
  }
})

const places = isLong ? 50 : isBrief ? 4 : 10

describe.each([
  { calls: "pwrite64", error: "ENOSPC", what: "the disk is full at the n-th write" },
  { calls: "fsync,fdatasync", error: "EIO", what: "the n-th fsync fails" },
  { calls: "fsync,fdatasync", error: "ENOSPC", what: "the disk is full at the n-th fsync" }
])("$what while many authors post", ({ calls, error, what }) => {
  const fault = `${what} while ${authors} authors post at once`
  faultTest(fault, ["strace"], async () => {
    const site = await faultSite()
    const { program, witness } = site
    const paths = [program.databasePath, `${program.databasePath}-wal`]
    let recovered = 0
    try {
      await program.start()
      recovered = Math.max(recovered, await witness.writesAgain())
      for (let n = 1; n <= places; n++) {
        const injected = await inject(program.pid ?? 0, { calls, what: `error=${error}`, when: String(n), paths })
        for (let round = 0; (await injected.met()) === 0; round++) {
          expect(round, `rounds without a ${n}th ${calls}`).toBeLessThan(n + 20)
          await together(site)
        }
        await injected.end()
        recovered = Math.max(recovered, await witness.writesAgain())
      }
      const allowed = [
        "201",
        "503 database.unavailable",
        "503 database.locked",
        // The traced readers are slow.
        "503 database.pool_exhausted",
        "507 storage.full"
      ]
      expect(witness.writes.kinds.filter((kind) => !allowed.includes(kind))).toEqual([])
      const ends = "nothing: the next write succeeds"
      const verdict = await conclude(site, { kind: "Disk", fault, times: places, recovered, ends, sample: 30 })
      // Nobody was refused whose note is stored.
      expect(verdict.stored).toBe(verdict.acknowledged)
    } finally {
      await program.dispose()
    }
  })
})
