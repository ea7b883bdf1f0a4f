import { spawnSync } from "node:child_process"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { describe, expect } from "vitest"
import { png } from "../fixtures/Samples.js"
import { OwnerAtHome } from "../program/OwnerAtHome.js"
import type { Program } from "../program/Program.js"
import { type FaultSite, faultSite, isBrief, isLong } from "./FaultSite.js"
import { ext4, fill, smallDisk } from "./FileSystem.js"
import { faultTest } from "./Means.js"
import { codesIn, conclude } from "./Row.js"
import { inject } from "./Strace.js"

/** Number of places of a fault: the n-th call for each n from 1. */
const places = 50

/** In CI every third place: reads, writes and fsyncs of a note differ in their last digits. */
const step = isBrief ? 3 : 1

/** Lost connections are replaced at growing intervals; a restart resets them, which keeps the run short. */
const restartEvery = isLong ? places : 6

/** Allowed responses for authors while the disk fails. */
const refusals = [
  "201",
  "503 database.unavailable",
  "503 database.locked",
  "503 database.pool_exhausted",
  "503 database.read_only",
  "507 storage.full"
]

const only = (seen: ReadonlyArray<string>, allowed: ReadonlyArray<string>) =>
  expect(seen.filter((kind) => !allowed.includes(kind))).toEqual([])

const injections = [
  { calls: "pread64", error: "EIO", fault: "the n-th read of each connection fails, n = 1…50" },
  { calls: "pwrite64", error: "ENOSPC", fault: "the disk is full at the n-th write, n = 1…50" },
  { calls: "pwrite64", error: "EIO", fault: "the n-th write fails, n = 1…50" },
  // The call that SQLite uses depends on its build options.
  { calls: "fsync,fdatasync", error: "EIO", fault: "the n-th fsync fails, n = 1…50" },
  { calls: "fsync,fdatasync", error: "ENOSPC", fault: "the disk is full at the n-th fsync, n = 1…50" }
]

const filesOf = ({ databasePath }: Program) => [databasePath, `${databasePath}-wal`]

describe.each(injections)("$fault", ({ calls, error, fault }) => {
  faultTest(
    fault,
    ["strace"],
    async () => {
      const site = await faultSite()
      const { program, witness } = site
      let recovered = 0
      try {
        await program.start()
        witness.watch({ readers: 0, writers: 0 })
        for (let n = 1; n <= places; n += step) {
          const paths = filesOf(program)
          const injected = await inject(program.pid ?? 0, { calls, what: `error=${error}`, when: String(n), paths })
          // Each note causes some writes, and one or more fsyncs: repeat until the n-th has come.
          for (let note = 0; (await injected.met()) === 0; note++) {
            expect(note, `notes without a ${n}th ${calls}`).toBeLessThan(n + 20)
            await Promise.all(Array.from({ length: 4 }, () => witness.write()))
          }
          for (const path of ["/", "/api/search?q=note"]) await witness.read(path)
          await injected.end()
          recovered = Math.max(recovered, await witness.writesAgain())
          if (n % restartEvery < step) {
            await witness.rest()
            expect(await program.stop()).toBe(0)
            await program.start()
            witness.watch({ readers: 0, writers: 0 })
          }
        }
        await witness.rest()
        // A new connection meets its own n-th read, and SQLite reports a failed read as damage.
        const told = calls === "pread64" ? [...refusals, "503 database.corrupt"] : refusals
        only(witness.writes.kinds, told)
        only(witness.reads.kinds, calls === "pread64" ? ["200", ...told] : ["200"])
        const ends = "nothing: the next write succeeds"
        await conclude(site, { kind: "Disk", fault, times: Math.ceil(places / step), recovered, ends, sample: 50 })
      } finally {
        await program.dispose()
      }
    },
    20
  )
})

const mediaInjections = [
  { calls: "fsync", fault: "the n-th fsync fails while photos are uploaded" },
  { calls: "rename", fault: "an uploaded photo cannot be renamed to its place, at the n-th attempt" }
]

describe.each(mediaInjections)("$fault", ({ calls, fault }) => {
  faultTest(fault, ["strace"], async () => {
    const photo = new Uint8Array(await png(700, 500))
    const site = await faultSite()
    const { program, witness } = site
    const times = isLong ? 25 : 8
    let recovered = 0
    try {
      await program.start()
      witness.watch({ readers: 0, writers: 0 })
      for (let n = 1; n <= times; n++) {
        const injected = await inject(program.pid ?? 0, { calls, what: "error=EIO", when: String(n) })
        for (let upload = 0; (await injected.met()) === 0; upload++) {
          expect(upload, `uploads without a ${n}th ${calls}`).toBeLessThan(4 * n + 20)
          await witness.upload(photo)
        }
        await injected.end()
        expect(await witness.upload(photo), "an upload after the fault's end").toMatchObject({ status: 201 })
        recovered = Math.max(recovered, await witness.writesAgain())
      }
      await witness.rest()
      only(witness.writes.kinds, [...refusals, "503 media.unavailable"])
      await conclude(site, { kind: "Disk", fault, times, recovered, ends: "nothing: the next upload succeeds" })
    } finally {
      await program.dispose()
    }
  })
})

/** Readers, the owner among them, and the pages they get. */
const readsGoOn = async ({ witness }: FaultSite, owner: OwnerAtHome) => {
  for (const path of ["/", "/feed.rss", "/feed.atom", "/feed.json", "/search?q=note", "/api/search?q=note"]) {
    expect(await witness.read(path), path).toMatchObject({ status: 200 })
  }
  expect(await witness.read("/auth/login"), "the login page").toMatchObject({ status: 200 })
  const desk = await owner.get("/admin/")
  expect(desk.status, "a page for whoever is logged in").toBe(200)
  await desk.arrayBuffer()
}

/** Settings of a site on its own file system. */
const on = (path: string) => ({
  STARPUNK_DATA_PATH: path,
  STARPUNK_DATABASE_PATH: join(path, "starpunk.db"),
  // Sessions are extended after a tenth of this: at every use.
  STARPUNK_SESSION_TIMEOUT: "600"
})

faultTest("a full file system", ["mount"], async () => {
  const disk = await smallDisk("24m")
  const photo = new Uint8Array(await png(700, 500))
  const site = await faultSite(on(disk.path))
  const { program, witness } = site
  try {
    await program.start()
    const owner = await OwnerAtHome.of(program)
    await witness.writesAgain()
    const free = await fill(disk.path)
    witness.watch()
    const until = performance.now() + (isLong ? 60_000 : 5_000)
    while (performance.now() < until) {
      await witness.upload(photo)
      await wait(100)
    }
    await readsGoOn(site, owner)
    await witness.readyWhen(({ code }) => code?.includes("storage.full") === true)
    await witness.rest()
    expect(witness.writes.kinds).toContain("507 storage.full")
    only(witness.writes.kinds, [...refusals, "507 media.storage_full"])
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    await free()
    const recovered = await witness.writesAgain()
    expect(await witness.upload(photo)).toMatchObject({ status: 201 })
    await conclude(site, {
      kind: "Disk",
      fault: "the file system is full",
      ends: "free space on the file system; the next write succeeds",
      recovered,
      databasePath: join(disk.path, "starpunk.db")
    })
  } finally {
    await program.dispose()
    await disk.unmount()
  }
})

faultTest("a file system that answers every write with EROFS for a while", ["strace"], async () => {
  const site = await faultSite({ STARPUNK_SESSION_TIMEOUT: "600" })
  const { program, witness } = site
  try {
    await program.start()
    const owner = await OwnerAtHome.of(program)
    await witness.writesAgain()
    const injected = await inject(program.pid ?? 0, {
      calls: "pwrite64,fsync,fdatasync,ftruncate",
      what: "error=EROFS",
      paths: filesOf(program)
    })
    witness.watch({ writers: 1 })
    await wait(isLong ? 30_000 : 4_000)
    await readsGoOn(site, owner)
    await witness.rest()
    expect(await injected.end()).toBeGreaterThan(0)
    const recovered = await witness.writesAgain()
    only(witness.writes.kinds, refusals)
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    const fault = "every write to the database is refused for a while (EROFS)"
    await conclude(site, { kind: "Disk", fault, recovered, ends: "the end of the refusals; the next write succeeds" })
  } finally {
    await program.dispose()
  }
})

faultTest("a file system that finds an error in itself and becomes read-only", ["mount", "ext4"], async () => {
  const disk = await ext4()
  const photo = new Uint8Array(await png(700, 500))
  const site = await faultSite(on(disk.path))
  const { program, witness } = site
  try {
    await program.start()
    const owner = await OwnerAtHome.of(program)
    await witness.writesAgain()
    await disk.fail()
    witness.watch({ writers: 1 })
    await witness.readyWhen(({ code }) => code?.includes("database.read_only") === true)
    await readsGoOn(site, owner)
    expect(await witness.upload(photo)).toMatchObject({ status: 503, code: "media.unavailable" })
    await witness.rest()
    expect(await witness.write()).toMatchObject({ status: 503, code: "database.read_only" })
    only(witness.writes.kinds, [...refusals, "503 media.unavailable"])
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    await program.stop()
    disk.recover()
    await program.start()
    const recovered = await witness.writesAgain()
    await conclude(site, {
      kind: "Disk",
      fault: "ext4 detects an error and becomes read-only while the server runs",
      ends: "`e2fsck`, a new mount of the file system, and a start",
      recovered,
      databasePath: join(disk.path, "starpunk.db")
    })
  } finally {
    await program.dispose()
    await disk.unmount()
  }
})

/** Runs a command as a user for whom permissions apply, unlike root. */
const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", process.execPath] as const

faultTest("a data directory that the server may no longer write", ["linux", "root"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  const data = join(program.directory, "data")
  const permit = (files: string, directories: string) => {
    spawnSync("find", [program.directory, "-type", "d", "-exec", "chmod", directories, "{}", "+"])
    spawnSync("find", [data, "-type", "f", "-exec", "chmod", files, "{}", "+"])
  }
  try {
    spawnSync("chown", ["-R", "65534:65534", program.directory])
    await program.start({}, asNobody)
    await witness.writesAgain()
    permit("400", "500")
    witness.watch({ writers: 1 })
    // Open files stay open, also for writing: only the next start cannot write.
    await witness.readyWhen(({ code }) => code?.includes("filesystem database.read_only") === true)
    await witness.rest()
    only(witness.writes.kinds, refusals)
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    expect(await program.stop()).toBe(0)
    await program.launch({}, asNobody)
    expect(await program.readyOrEnded()).toBe("ended")
    expect(await program.ended()).toBe(1)
    expect(codesIn(program.log)).toContain("startup.database_not_opened")
    permit("600", "700")
    await program.start({}, asNobody)
    const recovered = await witness.writesAgain()
    const fault = "the data directory and its files become read-only for the server's user"
    const ends = "write permission; a running server continues with its open files, a new one refuses to start"
    await conclude(site, { kind: "Disk", fault, ends, recovered })
  } finally {
    await program.dispose()
  }
})

faultTest("a limit on the size of files (RLIMIT_FSIZE)", ["linux"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  try {
    const limited = ["sh", "-c", 'ulimit -f 1024; trap "" XFSZ; exec "$0" "$@"', process.execPath] as const
    await program.start({}, limited)
    // Long notes, so that the limit is reached soon.
    const content = "A long note. ".repeat(5_000)
    while ((await witness.write({ content })).status === 201) await wait(1)
    witness.watch({ writers: 2 })
    await wait(isLong ? 60_000 : 5_000)
    await witness.rest()
    for (const path of ["/", "/feed.rss", "/search?q=note"]) await witness.read(path)
    only(witness.writes.kinds, refusals)
    only(witness.reads.kinds, ["200"])
    only(witness.live.kinds, ["200"])
    expect(witness.writes.kinds.length, "kinds of answers to authors").toBeGreaterThan(1)
    const { log } = program
    await program.stop()
    await program.start()
    const recovered = await witness.writesAgain()
    const ends = "a restart with a higher limit"
    await conclude(site, {
      kind: "Disk",
      fault: "files may not grow beyond 512 KiB (RLIMIT_FSIZE)",
      ends,
      recovered,
      log
    })
  } finally {
    await program.dispose()
  }
})

faultTest("a limit on open files (RLIMIT_NOFILE)", ["linux"], async () => {
  const site = await faultSite()
  const { program, witness } = site
  const sockets: Array<Socket> = []
  try {
    await program.start({}, ["sh", "-c", 'ulimit -n 64; exec "$0" "$@"', process.execPath])
    await witness.writesAgain()
    for (let n = 0; n < 200; n++) {
      const socket = connect(program.port, "127.0.0.1")
      socket.on("error", () => {})
      sockets.push(socket)
    }
    await wait(isLong ? 30_000 : 3_000)
    for (const socket of sockets) socket.destroy()
    const recovered = await witness.writesAgain()
    for (const path of ["/", "/feed.rss", "/search?q=note"]) expect((await witness.read(path)).status).toBe(200)
    await witness.readyWhen(({ code }) => code === "healthy")
    const fault = "200 connections while the process may open 64 files (RLIMIT_NOFILE)"
    const ends = "the end of the connections; waiting clients are served then"
    await conclude(site, { kind: "Clients", fault, recovered, ends })
  } finally {
    for (const socket of sockets) socket.destroy()
    await program.dispose()
  }
})
