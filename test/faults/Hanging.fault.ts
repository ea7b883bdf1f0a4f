import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { expect } from "vitest"
import { faultSite } from "./FaultSite.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"
import { inject } from "./Strace.js"

/**
 * Longest latency of health checks while something hangs, for nine of ten requests: one stall of a busy machine is not
 * a hanging check.
 */
const patience = 1_200

faultTest("a disk that hangs under the data directory", ["strace"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  try {
    await program.start()
    await witness.writesAgain()
    const pid = program.pid ?? 0
    // The file that the health check writes into the data directory, and no other.
    const probe = join(program.directory, "data", `.health-check-${pid}`)
    const injected = await inject(pid, { calls: "fsync", what: "delay_enter=40s", paths: [probe] })
    witness.watch({ readers: 1, writers: 1 })
    await witness.readyWhen(({ code }) => code?.includes("filesystem timeout") === true)
    await wait(2_000)
    await witness.rest()
    expect(witness.readiness.quantile(0.9)).toBeLessThan(patience)
    expect(witness.liveness.quantile(0.9)).toBeLessThan(patience)
    expect(witness.live.kinds).toEqual(["200"])
    expect(witness.ready.kinds.filter((kind) => !kind.startsWith("200 "))).toEqual([])
    expect(witness.writes.kinds).toEqual(["201"])
    expect(witness.reads.kinds).toEqual(["200"])
    await injected.end()
    const recovered = await witness.writesAgain()
    await witness.readyWhen(({ code }) => code === "healthy", 90_000)
    const fault = "the disk under the data directory hangs in fsync"
    const ends = "the end of the hang; health shows it within half a minute"
    await conclude(site, { kind: "Disk", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})

faultTest("a disk that hangs under every read of the database", ["strace"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  const { databasePath, directory } = program
  try {
    await program.start()
    await witness.writesAgain()
    const injected = await inject(program.pid ?? 0, {
      calls: "pread64",
      what: "delay_enter=20s",
      paths: [databasePath, `${databasePath}-wal`, join(directory, "data")]
    })
    witness.watch({ readers: 2, writers: 1 })
    await witness.readyWhen(({ code, status }) => status === 503 && code?.includes("database timeout") === true)
    await wait(2_000)
    expect(witness.readiness.quantile(0.9)).toBeLessThan(patience)
    expect(witness.liveness.quantile(0.9)).toBeLessThan(patience)
    expect(witness.live.kinds).toEqual(["200"])
    await injected.end()
    await witness.rest()
    const recovered = await witness.writesAgain()
    await witness.readyWhen(({ code }) => code === "healthy", 90_000)
    expect(await witness.read("/")).toMatchObject({ status: 200 })
    const fault = "the disk hangs in every read of the database"
    const ends = "the end of the hang; the next request succeeds"
    await conclude(site, { kind: "Disk", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})
