import { statSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { expect, it } from "vitest"
import { Program } from "../program/Program.js"
import { faultSite, isLong } from "./FaultSite.js"
import { Foreigner } from "./Foreigner.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"
import { Witness } from "./Witness.js"

const underLock = async (fault: string, millis: number, isStopped: boolean) => {
  const site = await faultSite()
  const { program, witness } = site
  let lock: Foreigner | undefined
  try {
    await program.start()
    await witness.writesAgain()
    lock = await Foreigner.holdingLock(program.databasePath)
    if (isStopped) lock.pause()
    witness.watch()
    await wait(millis)
    await lock.end()
    const recovered = await witness.writesAgain()
    await witness.rest()
    expect(witness.reads.kinds, "readers").toEqual(["200"])
    expect(witness.writes.kinds).toContain("503 database.locked")
    // Callers queued behind the one that waits for the lock get the error that the writer is busy.
    expect(["201", "503 database.locked", "503 database.pool_exhausted"]).toEqual(
      expect.arrayContaining([...witness.writes.kinds])
    )
    expect(witness.live.kinds).toEqual(["200"])
    await witness.readyWhen(({ code }) => code === "healthy")
    if (isStopped) expect(witness.ready.kinds.join("; ")).toMatch(/200 degraded: [^;]*writer database\.locked/)
    await conclude(site, { kind: "Locks", fault, ends: "the end of the lock; the next write succeeds", recovered })
  } finally {
    await lock?.end()
    await program.dispose()
  }
}

it("a foreign write lock for 5 s", () => underLock("another program holds the write lock for 5 s", 5_000, false))

it("a stopped lock holder for 60 s", { timeout: 300_000 }, () =>
  underLock("a stopped program holds the write lock for 60 s", 60_000, true)
)

it("two servers on one file", { timeout: 300_000 }, async () => {
  const site = await faultSite()
  const { program, witness } = site
  const second = await Program.create({ STARPUNK_DATABASE_PATH: program.databasePath })
  try {
    await program.start()
    await witness.writesAgain()
    await second.start()
    const other = new Witness(second.url, witness.token, "other", witness.healthToken)
    witness.watch()
    other.watch()
    await wait(isLong ? 60_000 : 5_000)
    await Promise.all([witness.rest(), other.rest()])
    // Callers that wait for the other server longer than two seconds, on a busy machine, get an error.
    const told = ["201", "503 database.locked", "503 database.pool_exhausted"]
    for (const { writes } of [witness, other]) {
      expect(told).toEqual(expect.arrayContaining([...writes.kinds]))
      expect(writes.of("201"), "notes that were taken").toBeGreaterThan(0.9 * writes.total)
    }
    expect([...witness.reads.kinds, ...other.reads.kinds]).toEqual(["200", "200"])
    const recovered = await witness.writesAgain()
    expect(await second.stop()).toBe(0)
    for (const { location, word } of other.acknowledged) {
      witness.acknowledged.push({ word, location: location.replace(second.url, program.url) })
    }
    const ends = "nothing: both servers take turns"
    await conclude(site, { kind: "Locks", fault: "two servers on one file", ends, recovered })
  } finally {
    await second.dispose()
    await program.dispose()
  }
})

const logBytes = ({ databasePath }: Program) => statSync(`${databasePath}-wal`, { throwIfNoEntry: false })?.size ?? 0

/** Size of the write-ahead log above which the reader that blocks its reset is named: 64 MiB plus page headers. */
const warnBytes = 16_384 * (4_096 + 24)

faultTest("a reader in another program that never ends", ["linux"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  let reader: Foreigner | undefined
  try {
    await program.start()
    await witness.writesAgain()
    reader = await Foreigner.reading(program.databasePath)
    // Long notes fill the log sooner.
    const content = "A long note, and on it goes. ".repeat(5_000)
    witness.watch({ writers: 1 })
    while (logBytes(program) < 1.1 * warnBytes) await witness.write({ content })
    await witness.rest()
    const isNamed = (log: typeof program.log) =>
      log.some(({ message }) => message === "The write-ahead log cannot be restarted")
    await program.logWhen(isNamed)
    expect(witness.reads.kinds).toEqual(["200"])
    expect(["201", "503 database.pool_exhausted"]).toEqual(expect.arrayContaining([...witness.writes.kinds]))
    await witness.probe()
    await reader.end()
    const recovered = await witness.writesAgain()
    // The next round of the upkeep restarts the log, and the next write truncates the file.
    const since = performance.now()
    while (logBytes(program) > warnBytes) {
      await witness.write()
      expect(performance.now() - since, "milliseconds until the log is short again").toBeLessThan(120_000)
      await wait(500)
    }
    const fault = "another program keeps reading an old state, and the write-ahead log grows"
    const ends = "the end of the reader; the log is reset within a minute"
    await conclude(site, { kind: "Locks", fault, recovered, ends })
  } finally {
    await reader?.end()
    await program.dispose()
  }
})
