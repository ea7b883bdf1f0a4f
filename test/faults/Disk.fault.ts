import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import type { Program } from "../program/Program.js"
import { faultSite, isLong } from "./FaultSite.js"
import { oracle } from "./Oracle.js"
import { record } from "./Row.js"
import type { Witness } from "./Witness.js"

/** How many places a fault is put at: the n-th call for each n from 1. */
const places = 50

/** What authors may be told while the disk fails. */
const refusals = [
  "201",
  "503 database.unavailable",
  "503 database.locked",
  "503 database.pool_exhausted",
  "507 storage.full"
]

/** Makes the n-th call of a kind fail in every thread of a running server, until the answer is called. */
const inject = async (pid: number, call: string, error: string, n: number) => {
  const tracer = spawn(
    "strace",
    [
      "-f",
      "-p",
      String(pid),
      "-e",
      `trace=${call}`,
      "-e",
      `inject=${call}:error=${error}:when=${n}`,
      "-o",
      "/dev/null"
    ],
    {
      stdio: ["ignore", "ignore", "pipe"]
    }
  )
  // It says on standard error that it has attached.
  if (tracer.stderr !== null) await once(tracer.stderr, "data")
  return async () => {
    const ended = once(tracer, "exit")
    tracer.kill("SIGINT")
    await ended
  }
}

const only = (seen: ReadonlyArray<string>, allowed: ReadonlyArray<string>) =>
  expect(seen.filter((kind) => !allowed.includes(kind))).toEqual([])

const injections = [
  { call: "pwrite64", error: "ENOSPC", fault: "the disk is full at the n-th write" },
  { call: "pwrite64", error: "EIO", fault: "the n-th write fails" },
  { call: "fdatasync", error: "EIO", fault: "the n-th fsync fails" },
  { call: "fdatasync", error: "ENOSPC", fault: "the disk is full at the n-th fsync" }
]

describe.each(injections)("$fault", ({ call, error, fault }) => {
  it(`for n = 1..${places}`, { timeout: 1_200_000 }, async () => {
    const { program, witness } = await faultSite()
    let recovered = 0
    try {
      await program.start()
      for (let n = 1; n <= places; n++) {
        const stop = await inject(program.pid ?? 0, call, error, n)
        // Enough that the n-th call comes: each note is a handful of writes and one fsync.
        for (let note = 0; note < (call === "fdatasync" ? n + 1 : Math.ceil(n / 4) + 2); note++) await witness.write()
        await witness.read("/")
        await stop()
        recovered = Math.max(recovered, await witness.writesAgain())
      }
      await witness.probe()
      only(witness.writes.kinds, refusals)
      only(witness.reads.kinds, ["200"])
      const { log } = program
      const verdict = await oracle(program, witness.acknowledged, { sample: 50 })
      await record(
        { kind: "Disk", fault, times: places, recovered, ends: "by itself, with the next write" },
        witness,
        log,
        verdict
      )
    } finally {
      await program.dispose()
    }
  })
})

/** A file system of its own, as small as asked for. */
const smallDisk = async (size: string) => {
  const path = await mkdtemp(join(tmpdir(), "starpunk-disk-"))
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", path], {
    encoding: "utf8"
  })
  if (mounted.status !== 0)
    throw new Error(`a small file system cannot be mounted here (root is needed): ${mounted.stderr}`)
  return {
    path,
    remount: (options: string) => spawnSync("mount", ["-o", `remount,${options}`, path], { encoding: "utf8" }),
    unmount: async () => {
      spawnSync("umount", ["-l", path])
      await rm(path, { recursive: true, force: true })
    }
  }
}

/** Fills what is left of a file system; answers how to free it. */
const fill = async (directory: string) => {
  const ballast = join(directory, "ballast")
  for (let size = 1_048_576, part = 0; size >= 512; ) {
    try {
      await writeFile(`${ballast}${part++}`, Buffer.alloc(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
  return async () => {
    for (const name of await readdir(directory)) if (name.startsWith("ballast")) await rm(join(directory, name))
  }
}

const readsGoOn = async (witness: Witness) => {
  for (const path of ["/", "/feed.rss", "/feed.json", "/search?q=note", "/api/search?q=note"]) {
    expect(await witness.read(path), path).toMatchObject({ status: 200 })
  }
}

it("a full file system", async () => {
  const disk = await smallDisk("24m")
  const { program, witness } = await faultSite({
    STARPUNK_DATA_PATH: disk.path,
    STARPUNK_DATABASE_PATH: join(disk.path, "starpunk.db")
  })
  try {
    await program.start()
    await witness.writesAgain()
    const free = await fill(disk.path)
    witness.watch()
    await wait(isLong ? 30_000 : 5_000)
    await readsGoOn(witness)
    await witness.probe()
    await witness.rest()
    expect(witness.writes.kinds).toContain("507 storage.full")
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    await free()
    const recovered = await witness.writesAgain()
    await afterwards(
      program,
      witness,
      "the file system is full",
      "room on the file system; the next write succeeds",
      recovered,
      disk.path
    )
  } finally {
    await program.dispose()
    await disk.unmount()
  }
})

it("a data directory that became read-only", async () => {
  const disk = await smallDisk("64m")
  const { program, witness } = await faultSite({
    STARPUNK_DATA_PATH: disk.path,
    STARPUNK_DATABASE_PATH: join(disk.path, "starpunk.db")
  })
  try {
    await program.start()
    await witness.writesAgain()
    // Files that are open for writing keep a file system from being remounted; as after an error of the disk, it is forced.
    const forced = disk.remount("ro")
    if (forced.status !== 0) await makeImmutable(disk.path, true)
    for (let n = 0; n < 5; n++) await witness.write()
    await readsGoOn(witness)
    await witness.probe()
    only(witness.live.kinds, ["200"])
    if (forced.status === 0) disk.remount("rw")
    else await makeImmutable(disk.path, false)
    const recovered = await witness.writesAgain()
    await afterwards(
      program,
      witness,
      "the data directory becomes read-only",
      "write permission; the next write succeeds",
      recovered,
      disk.path
    )
  } finally {
    await program.dispose()
    await disk.unmount()
  }
})

const makeImmutable = async (directory: string, immutable: boolean) => {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if ((await stat(path)).isFile()) spawnSync("chattr", [immutable ? "+i" : "-i", path])
  }
}

const afterwards = async (
  program: Program,
  witness: Witness,
  fault: string,
  ends: string,
  recovered: number,
  directory: string
) => {
  const { log } = program
  const verdict = await oracle(program, witness.acknowledged, {
    sample: 20,
    databasePath: join(directory, "starpunk.db")
  })
  await record({ kind: "Disk", fault, ends, recovered }, witness, log, verdict)
}

it("a limit on the size of files (RLIMIT_FSIZE)", async () => {
  const { program, witness } = await faultSite()
  try {
    await mkdir(program.directory, { recursive: true })
    await program.start({}, ["sh", "-c", 'ulimit -f 1024; trap "" XFSZ; exec "$0" "$@"', process.execPath])
    witness.watch({ writers: 4 })
    await wait(isLong ? 60_000 : 15_000)
    await witness.rest()
    await readsGoOn(witness)
    only(witness.live.kinds, ["200"])
    const { log } = program
    await program.stop()
    await program.start()
    const recovered = await witness.writesAgain()
    const verdict = await oracle(program, witness.acknowledged)
    const ends = "a start under a higher limit"
    await record({ kind: "Disk", fault: "files may not grow beyond 512 KiB", ends, recovered }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})
