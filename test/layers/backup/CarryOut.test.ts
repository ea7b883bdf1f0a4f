import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { carryOut, Stuck } from "../../../layers/backup/CarryOut.js"
import type { Places } from "../../../layers/backup/Places.js"
import * as RestoreJournal from "../../../layers/backup/RestoreJournal.js"

type Call = (...args: ReadonlyArray<unknown>) => Promise<unknown>

const systemError = (code: string, path: unknown) => Object.assign(new Error(`${code}: ${path}`), { code, path })

/** Failures of the file system instead of a call; only calls that change something, or make it durable, count. */
const disk = vi.hoisted(() => ({
  calls: 0,
  instead: (_call: string, _args: ReadonlyArray<unknown>, _nth: number): Error | undefined => undefined
}))

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<Record<string, Call>>()
  const counted = ["rename", "link", "unlink", "rm", "mkdir", "copyFile", "open", "writeFile"]
  const wrap = (name: string, call: Call | undefined): Call => {
    return async (...args) => {
      const failure = disk.instead(name, args, ++disk.calls)
      if (failure !== undefined) throw failure
      return call?.(...args)
    }
  }
  return { ...real, ...Object.fromEntries(counted.map((name) => [name, wrap(name, real[name])])) }
})

/** Where waiting for the disk costs nothing. */
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()

const working = () => undefined

const id = "0123456789abcdef"
const time = "20261123T190000Z"

const oldMedia = { "ab/kept.jpg": "old kept", "ab/gone.jpg": "old gone", "top.jpg": "old top" }
const newMedia = { "ab/kept.jpg": "new kept", "cd/new.jpg": "new new", "ef/new.jpg": "new other" }

describe("O1: a restore past its commit point", () => {
  let directory: string
  let places: Places

  beforeAll(async () => {
    directory = await mkdtemp(join(memory, "starpunk-carry-out-"))
  })

  afterAll(() => rm(directory, { recursive: true, force: true }))

  beforeEach(() => {
    disk.instead = working
  })

  afterEach(() => {
    disk.instead = working
  })

  const lay = async (root: string, files: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true })
      await writeFile(join(root, name), content)
    }
  }

  const filesIn = async (root: string): Promise<Readonly<Record<string, string>>> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [relative(root, path), await readFile(path, "utf8")] as const))
    )
  }

  const journal = (put: object, old: object): RestoreJournal.Journal => ({
    format: 2,
    id,
    time,
    put: Object.keys(put),
    old: Object.keys(old)
  })

  let count = 0

  /** A site before its replacement, in its own directory. */
  const decided = async (put: Readonly<Record<string, string>>, old: Readonly<Record<string, string>>) => {
    const dataPath = join(directory, String(count++))
    places = { dataPath, databasePath: join(dataPath, "starpunk.db"), mediaPath: join(dataPath, "media") }
    const laidOut = RestoreJournal.laidOut(places, id)
    await mkdir(laidOut.media, { recursive: true })
    await lay(places.mediaPath, old)
    await lay(laidOut.media, put)
    await lay(dataPath, { "starpunk.db": "old database", "starpunk.db-wal": "old log" })
    await writeFile(laidOut.database, "new database")
    await writeFile(laidOut.databaseBefore, "old database")
    const decision = journal(put, old)
    await RestoreJournal.decide(places, decision)
    disk.calls = 0
    return decision
  }

  const afterwards = (put: Readonly<Record<string, string>>, old: Readonly<Record<string, string>>) => ({
    old: {
      "starpunk.db": "old database",
      "starpunk.db-wal": "old log",
      ...Object.fromEntries(Object.entries(old).map(([name, content]) => [`media/${name}`, content]))
    },
    new: {
      "starpunk.db": "new database",
      [`starpunk.db.before-restore-${time}`]: "old database",
      [`starpunk.db.before-restore-${time}-wal`]: "old log",
      ...Object.fromEntries(Object.entries(put).map(([name, content]) => [`media/${name}`, content])),
      ...Object.fromEntries(
        Object.entries(old).map(([name, content]) => [`media/.before-restore-${time}/${name}`, content])
      )
    }
  })

  const kinds: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]> = [
    ["that replaces, adds and takes away media", newMedia, oldMedia],
    ["of a backup without media", {}, oldMedia],
    ["of a site without media", newMedia, {}]
  ]

  /** Renames into and out of `ab` fail as on another file system. */
  const acrossMounts = (call: string, [from, to]: ReadonlyArray<unknown>) => {
    const mount = (path: unknown) => new RegExp(`${places.mediaPath}/ab/`).test(String(path))
    return call === "rename" && mount(from) !== mount(to) ? systemError("EXDEV", from) : undefined
  }

  const grounds = [
    ["on one file system", () => undefined],
    ["with media on several", acrossMounts]
  ] as const

  for (const [ground, layout] of grounds) {
    it.each(kinds)(`${ground}, %s, is completed after a kill at any step`, async (_, put, old) => {
      const expected = afterwards(put, old).new
      let killedAt = 1
      for (; killedAt < 500; killedAt++) {
        const decision = await decided(put, old)
        disk.instead = (call, args, nth) => (nth >= killedAt ? systemError("KILLED", nth) : layout(call, args))
        const outcome = await carryOut(places, decision).catch((error: unknown) => error)
        const isWhole = !(outcome instanceof Stuck) && disk.calls < killedAt
        disk.instead = layout
        if ((await RestoreJournal.pending(places)) !== undefined) {
          expect(await carryOut(places, decision)).toEqual({ _tag: "Done" })
        }
        expect(await filesIn(places.dataPath)).toEqual(expected)
        if (isWhole) break
      }
      expect(killedAt).toBeGreaterThan(10)
      expect(killedAt).toBeLessThan(500)
    })

    it.each(kinds)(`${ground}, %s, is completed or rolled back when any single step fails`, async (_, put, old) => {
      const expected = afterwards(put, old)
      const seen = new Set<string>()
      for (let failing = 1; failing < 500; failing++) {
        const decision = await decided(put, old)
        disk.instead = (call, args, nth) => (nth === failing ? systemError("EIO", args[0]) : layout(call, args))
        const { _tag } = await carryOut(places, decision)
        const wasMet = disk.calls >= failing
        disk.instead = layout
        seen.add(_tag)
        const found = Object.fromEntries(
          Object.entries(await filesIn(places.dataPath)).filter(([name]) => !/restore\.json|\.restore-/.test(name))
        )
        expect(found).toEqual(_tag === "Done" ? expected.new : expected.old)
        // The next process finds nothing left to do, also if a clean-up failed.
        expect(await carryOut(places, decision)).toEqual({ _tag: "Done" })
        if (!wasMet) break
      }
      expect(seen).toEqual(new Set(["Done", "TakenBack"]))
    })

    it(`${ground}, is rolled back while a file cannot be replaced, even if the rollback is killed`, async () => {
      const expected = afterwards(newMedia, oldMedia).old
      const undeletable = (call: string, args: ReadonlyArray<unknown>) =>
        call === "rename" && String(args[1]) === places.databasePath && String(args[0]).includes(".restore-")
          ? systemError("EPERM", args[1])
          : layout(call, args)
      for (let killedAt = 1; killedAt < 500; killedAt++) {
        const decision = await decided(newMedia, oldMedia)
        disk.instead = (call, args, nth) => (nth >= killedAt ? systemError("KILLED", nth) : undeletable(call, args))
        await carryOut(places, decision).catch(() => {})
        const wasWhole = disk.calls < killedAt
        disk.instead = undeletable
        if ((await RestoreJournal.pending(places)) !== undefined) await carryOut(places, decision)
        expect(await filesIn(places.dataPath)).toEqual(expected)
        if (wasWhole) return
      }
      expect.unreachable()
    })
  }

  it("that can neither complete nor roll back keeps every file, and continues once the cause is gone", async () => {
    const decision = await decided(newMedia, oldMedia)
    const before = Object.values(await filesIn(places.dataPath)).toSorted()
    disk.instead = (call, _, nth) => (nth > 4 && call !== "open" ? systemError("EROFS", call) : undefined)
    await expect(carryOut(places, decision)).rejects.toBeInstanceOf(Stuck)
    expect(Object.values(await filesIn(places.dataPath)).toSorted()).toEqual(before)
    disk.instead = working
    expect(await carryOut(places, decision)).toEqual({ _tag: "Done" })
    expect(await filesIn(places.dataPath)).toEqual(afterwards(newMedia, oldMedia).new)
  })

  it("neither completes nor rolls back while the file system of the media is not mounted", async () => {
    const decision = await decided(newMedia, oldMedia)
    const mounted = places
    places = { ...mounted, mediaPath: join(mounted.dataPath, "unmounted") }
    await mkdir(places.mediaPath)
    await expect(carryOut(places, decision)).rejects.toBeInstanceOf(Stuck)
    await rm(places.mediaPath, { recursive: true })
    expect(await carryOut(mounted, decision)).toEqual({ _tag: "Done" })
    expect(await filesIn(mounted.dataPath)).toEqual(afterwards(newMedia, oldMedia).new)
  })
})
