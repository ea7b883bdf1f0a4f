import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import type { Program } from "../program/Program.js"
import { faultSite, isLong } from "./FaultSite.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"

const entry = fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url))

/** A server whose standard output is redirected: to a full disk, a closed pipe, or a pipe without a reader. */
const withOutput = async (program: Program, redirection: string): Promise<ChildProcess> => {
  const child = spawn(
    "sh",
    ["-c", `exec "$0" --max-semi-space-size=4 "$1" serve ${redirection}`, process.execPath, entry],
    {
      cwd: program.directory,
      env: { PATH: process.env.PATH ?? "", ...program.settingsOfServer },
      stdio: ["ignore", "pipe", "ignore"]
    }
  )
  for (;;) {
    if (child.exitCode !== null) throw new Error("the server ended at start")
    const ready = await fetch(`${program.url}/health/ready`).catch(() => undefined)
    await ready?.arrayBuffer()
    if (ready?.status === 200) return child
    await wait(20)
  }
}

const stop = async (child: ChildProcess): Promise<number | null> => {
  const ended = once(child, "exit")
  child.kill("SIGTERM")
  const [code] = await ended
  return code
}

const ends = "nothing: lines are dropped and counted, requests continue"

const sinks = [
  { fault: "the log goes to a full disk", redirection: "> /dev/full", close: false },
  { fault: "the log's reader goes away", redirection: "", close: true }
]

describe.each(sinks)("$fault", ({ close, fault, redirection }) => {
  it("requests continue", async () => {
    const site = await faultSite()
    const { program, witness } = site
    let child: ChildProcess | undefined
    try {
      child = await withOutput(program, redirection)
      if (close) child.stdout?.destroy()
      await witness.writesAgain()
      witness.watch({ readers: 4 })
      await wait(4_000)
      await witness.rest()
      expect(witness.writes.kinds).toEqual(["201"])
      expect(witness.reads.kinds).toEqual(["200"])
      expect(witness.ready.kinds).toEqual(["200 healthy"])
      expect(await stop(child)).toBe(0)
      await program.start()
      const recovered = await witness.writesAgain()
      await conclude(site, { kind: "Process", fault, recovered, ends })
    } finally {
      child?.kill("SIGKILL")
      await program.dispose()
    }
  })
})

const residentBytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024

/**
 * Allowed growth of the server's memory without a reader: the sink keeps one MiB, the rest depends on the garbage
 * collector.
 */
const growthLimit = 64 * 1_048_576

faultTest("the reader of the log pauses", ["linux"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  let child: ChildProcess | undefined
  try {
    child = await withOutput(program, "")
    let said = ""
    const hear = (chunk: unknown) => {
      said += chunk
    }
    child.stdout?.on("data", hear)
    await witness.writesAgain()
    // These lines alone exceed the buffers of pipe and sink.
    const long = "x".repeat(1_000)
    const ask = async () => {
      for (let n = 0; n < 250; n++) await (await fetch(`${program.url}/nowhere/${long}`)).arrayBuffer()
    }
    const crowd = () => Promise.all(Array.from({ length: 8 }, ask))
    // Memory for serving itself is allocated before the measurement: the highest of several readings, because how much
    // garbage is resident depends on the machine's load.
    witness.watch({ readers: 4 })
    let before = 0
    for (let n = 0; n < 2; n++) {
      await crowd()
      before = Math.max(before, residentBytes(child.pid ?? 0))
    }
    await wait(3_000)
    child.stdout?.off("data", hear)
    child.stdout?.pause()
    await wait(isLong ? 60_000 : 10_000)
    await crowd()
    const growth = residentBytes(child.pid ?? 0) - before
    expect(growth, "bytes that the server has grown by").toBeLessThan(growthLimit)
    child.stdout?.on("data", hear)
    child.stdout?.resume()
    await wait(1_000)
    await witness.rest()
    expect(witness.writes.kinds).toEqual(["201"])
    expect(witness.reads.kinds).toEqual(["200"])
    expect(await stop(child)).toBe(0)
    const lines = said
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
    expect(
      lines.some(({ lost }) => lost > 0),
      "a line that tells of those that were lost"
    ).toBe(true)
    await program.start()
    const recovered = await witness.writesAgain()
    await conclude(site, {
      kind: "Process",
      fault: "the reader of the log pauses",
      ends: "the return of the reader; one line reports the number of lost lines, and requests continue meanwhile",
      recovered,
      log: lines
    })
  } finally {
    child?.kill("SIGKILL")
    await program.dispose()
  }
})
