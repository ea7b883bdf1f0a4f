import { setTimeout as wait } from "node:timers/promises"
import { expect, it } from "vitest"
import { png } from "../fixtures/Samples.js"
import { faultSite, isBrief, isLong } from "./FaultSite.js"
import { conclude } from "./Row.js"

const cycles = isLong ? 2_000 : isBrief ? 50 : 200

/** A seeded generator (mulberry32), so that a failing run can be repeated. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

it(`kill -9 at random moments under writers, ${cycles} times`, { timeout: 3_600_000 }, async () => {
  const seed = Number(process.env.STARPUNK_FAULTS_SEED ?? Date.now() % 1_000_000)
  const next = random(seed)
  const photo = new Uint8Array(await png(40, 30))
  const site = await faultSite()
  const { program, witness } = site
  let recovered = 0
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await program.start()
      recovered = Math.max(recovered, await witness.writesAgain())
      witness.watch({ writers: 4, readers: 1 })
      const upload = witness.upload(photo)
      await wait(next() * 300)
      expect(await program.stop("SIGKILL"), `seed ${seed}, cycle ${cycle}`).toBe(null)
      await Promise.all([witness.rest(), upload])
    }
    await program.start()
    recovered = Math.max(recovered, await witness.writesAgain())
    const verdict = await conclude(site, {
      kind: "Process",
      fault: "kill -9 at random moments under four writers and an upload",
      ends: "the next start; everything acknowledged is there",
      times: cycles,
      kills: cycles,
      recovered,
      sample: 200
    })
    expect(verdict.acknowledged).toBeGreaterThan(cycles)
  } finally {
    await program.dispose()
  }
})
