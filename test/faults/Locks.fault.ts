import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { Program } from "../program/Program.js"
import { faultSite, isLong } from "./FaultSite.js"
import { oracle } from "./Oracle.js"
import { record } from "./Row.js"
import { Witness } from "./Witness.js"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Another program that takes the write lock and keeps it until it is killed. */
const holder = async (path: string): Promise<ChildProcess> => {
  const program = `
    const database = new (require("better-sqlite3"))(process.argv[1], { timeout: 30000 })
    database.exec("BEGIN IMMEDIATE")
    console.log("locked")
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ["-e", program, path], { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
  if (child.stdout !== null) await once(child.stdout, "data")
  return child
}

const end = async (child: ChildProcess) => {
  const ended = once(child, "exit")
  child.kill("SIGKILL")
  await ended
}

const underLock = async (fault: string, millis: number, stop: boolean) => {
  const { program, witness } = await faultSite()
  try {
    await program.start()
    await witness.writesAgain()
    const lock = await holder(program.databasePath)
    if (stop) lock.kill("SIGSTOP")
    witness.watch()
    await wait(millis)
    await end(lock)
    const recovered = await witness.writesAgain()
    await witness.rest()
    expect(witness.reads.kinds, "readers").toEqual(["200"])
    expect(witness.writes.kinds).toContain("503 database.locked")
    // Whoever waits behind the one that waits for the lock is told that the writer is busy.
    expect(["201", "503 database.locked", "503 database.pool_exhausted"]).toEqual(
      expect.arrayContaining([...witness.writes.kinds])
    )
    expect(witness.live.kinds).toEqual(["200"])
    const { log } = program
    const verdict = await oracle(program, witness.acknowledged)
    const ends = "the lock's end; the next write succeeds"
    await record({ kind: "Locks", fault, ends, recovered }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
}

it("a foreign write lock for 5 s", () => underLock("another program holds the write lock for 5 s", 5_000, false))

it("a stopped lock holder for 60 s", () => {
  const seconds = isLong ? 60 : 20
  return underLock(`a stopped program holds the write lock for ${seconds} s`, seconds * 1_000, true)
})

it("two servers on one file", async () => {
  const { program, witness } = await faultSite()
  const second = await Program.create({ STARPUNK_DATABASE_PATH: program.databasePath })
  try {
    await program.start()
    await second.start()
    const other = new Witness(second.url, witness.token, "other")
    witness.watch()
    other.watch()
    await wait(5_000)
    await Promise.all([witness.rest(), other.rest()])
    expect(witness.writes.kinds).toEqual(["201"])
    expect(other.writes.kinds).toEqual(["201"])
    const recovered = await witness.writesAgain()
    expect(await second.stop()).toBe(0)
    const { log } = program
    const here = other.acknowledged.map(({ location, word }) => ({
      word,
      location: location.replace(second.url, program.url)
    }))
    const verdict = await oracle(program, [...witness.acknowledged, ...here])
    const ends = "nothing has to end: both go on, taking turns"
    await record({ kind: "Locks", fault: "two servers on one file", ends, recovered }, witness, log, verdict)
  } finally {
    await second.dispose()
    await program.dispose()
  }
})
