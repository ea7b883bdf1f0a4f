import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect, Option } from "effect"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { mustNotBeLost } from "../../layers/backup/Traces.js"
import { layerTest } from "../../layers/memory/Settings.js"
import { Settings } from "../../src/settings/Config.js"
import { Program } from "./Program.js"

let site: Program
let data: string

beforeEach(async () => {
  site = await Program.create()
  data = join(site.directory, "data")
})

afterEach(() => site.dispose())

/** Adds a note to a site and kills the server, so that the note is in the log only. */
const killedWithNote = async (on: Program, content: string) => {
  const token = (await on.run(["token", "create", "--scope", "create"])).stdout.trim()
  await on.start()
  const response = await fetch(`${on.url}/micropub`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: new URLSearchParams({ h: "entry", content })
  })
  expect(response.status).toBe(201)
  await on.stop("SIGKILL")
}

/**
 * Data directories that the tests copy: `first` has one note in the log only; `second` another one after a backup with
 * the first, whose database is kept as `older.db`.
 */
let first: Program
let second: Program

beforeAll(async () => {
  first = await Program.create()
  await killedWithNote(first, "the first note")
  second = await Program.create()
  await cp(first.directory, second.directory, { recursive: true })
  expect(await second.run(["backup", "b.tar"])).toMatchObject({ code: 0 })
  // Ends with a checkpoint, so that the database has the first note.
  expect(await second.run(["sessions", "cleanup"])).toMatchObject({ code: 0 })
  await copyFile(second.databasePath, join(second.directory, "older.db"))
  await killedWithNote(second, "the second note")
})

afterAll(async () => {
  await first.dispose()
  await second.dispose()
})

const copyOf = (template: Program) => cp(template.directory, site.directory, { recursive: true })

/** Starts a server that must refuse, and returns its exit code and output. */
const refusedStart = async () => {
  await site.launch()
  expect(await site.readyOrEnded()).toBe("ended")
  return { code: await site.ended(), said: site.rawLog }
}

/** The home page of a server that is started for it. */
const notes = async () => {
  await site.start()
  const page = await (await fetch(`${site.url}/`)).text()
  await site.stop()
  return page
}

const finding = async (code: string) => {
  const { findings } = JSON.parse((await site.run(["doctor", "--json"])).stdout) as {
    findings: ReadonlyArray<{ code: string; severity: string; message: string }>
  }
  return findings.find((found) => found.code === code)
}

/** Texts of the posts in the database. */
const stored = (): ReadonlyArray<unknown> => {
  const database = new Database(site.databasePath, { readonly: true })
  const texts = database.prepare("SELECT properties ->> '$.content[0]' FROM posts ORDER BY id").pluck().all()
  database.close()
  return texts
}

const bytesOf = (path: string) => readFile(path)

describe("O3: a site whose database is missing", () => {
  it("is not created over the log of the missing one until its owner confirms", async () => {
    await copyOf(first)
    await rename(site.databasePath, join(site.directory, "away.db"))
    const log = await bytesOf(`${site.databasePath}-wal`)
    expect(log.length).toBeGreaterThan(0)

    const { code, said } = await refusedStart()
    expect(code).toBe(1)
    expect(said).toContain("startup.database_not_opened")
    expect(said).toContain("starpunk.db-wal is the write-ahead log of a database")
    expect(said).toContain("starpunk db new")
    for (const command of [["token", "list"], ["reindex"], ["backup", "b.tar"], ["db", "optimize"]]) {
      expect((await site.run(command)).code).toBe(1)
    }
    expect(await finding("database.open")).toMatchObject({ severity: "fail" })
    expect(await readdir(data)).not.toContain("starpunk.db")
    expect(await bytesOf(`${site.databasePath}-wal`)).toEqual(log)

    // The solutions: put it back …
    await rename(join(site.directory, "away.db"), site.databasePath)
    expect(await notes()).toContain("the first note")
  })

  it("is created by `db new`, which keeps what was left, and never replaces a database", async () => {
    await copyOf(first)
    await rename(site.databasePath, join(site.directory, "away.db"))
    const log = await bytesOf(`${site.databasePath}-wal`)
    const { code, stdout } = await site.run(["db", "new", "--json"])
    expect(code).toBe(0)
    const kept = (JSON.parse(stdout) as { set_aside: ReadonlyArray<string> }).set_aside
    expect(await bytesOf(kept.find((path) => path.endsWith("-wal")) ?? "")).toEqual(log)
    expect(await site.run(["reindex"])).toMatchObject({ code: 0, stderr: "" })
    expect(stored()).toEqual([])
    const again = await site.run(["db", "new"])
    expect(again.code).toBe(1)
    expect(again.stderr).toContain("[maintenance.database_present]")
  })

  /** Other evidence of a site. */
  const id = "0".repeat(32)
  const traces: ReadonlyArray<readonly [string, (settings: { backups: string }) => Promise<unknown>]> = [
    [
      "an empty file in its place, and media",
      async () => {
        await writeFile(site.databasePath, "")
        await mkdir(join(data, "media", "00"), { recursive: true })
        await writeFile(join(data, "media", "00", `${id}.mp4`), "x")
      }
    ],
    [
      "a database without tables, and media",
      async () => {
        const database = new Database(site.databasePath)
        database.exec("VACUUM")
        database.close()
        await mkdir(join(data, "media", "00"), { recursive: true })
        await writeFile(join(data, "media", "00", `${id}.mp4`), "x")
      }
    ],
    ["a rollback journal", () => writeFile(`${site.databasePath}-journal`, "x")],
    ["a file that SQLite keeps beside an open database", () => writeFile(`${site.databasePath}-shm`, "")],
    [
      "a database that a restore has kept",
      () => writeFile(`${site.databasePath}.before-restore-20261123T190000Z`, "x")
    ],
    ["the record of a move from StarPunk (Python)", () => writeFile(join(data, "moved-from-python.json"), "{}")],
    [
      "a backup",
      async ({ backups }) => {
        await mkdir(backups)
        await writeFile(join(backups, "starpunk-20261123T190000Z.tar"), "x")
      }
    ]
  ]

  it.each(traces)("is recognised by %s", async (_, leave) => {
    const backups = join(site.directory, "backups")
    await mkdir(data)
    await leave({ backups })
    const before = await readdir(data)
    const settings = Effect.provide(Settings, layerTest({ dataPath: data, databasePath: site.databasePath }))
    const looked = Effect.flatMap(settings, ({ backup, ...values }) =>
      mustNotBeLost({ ...values, backup: { ...backup, directory: Option.some(backups) } })
    )
    expect(await Effect.runPromise(Effect.flip(looked))).toMatchObject({
      reason: "site_missing",
      detail: expect.stringContaining("there was a site here")
    })
    expect(await readdir(data)).toEqual(before)
  })

  it("is created where only other files lie, and the log says that it is new", async () => {
    await mkdir(join(data, "media", "2024"), { recursive: true })
    await writeFile(join(data, "media", "2024", "holiday.jpg"), "x")
    await writeFile(site.databasePath, "")
    await site.start()
    expect(site.log.map(({ message }) => message)).toContain("There is no database yet: creating an empty site")
  })
})

describe("O4: an older database over the log of a newer one", () => {
  it("is refused by every command until one of the two is moved away; nothing is deleted", async () => {
    await copyOf(second)
    await copyFile(join(site.directory, "older.db"), site.databasePath)
    const log = await bytesOf(`${site.databasePath}-wal`)

    const { code, said } = await refusedStart()
    expect(code).toBe(78)
    expect(said).toContain("older than its log")
    for (const command of [
      ["token", "list"],
      ["backup", "c.tar"],
      ["db", "check"],
      ["export", "out"]
    ]) {
      const refused = await site.run(command)
      expect(refused.code).toBe(78)
      expect(refused.stderr).toContain("log mismatch")
    }
    expect(await finding("database.open")).toMatchObject({ severity: "fail" })
    expect(await bytesOf(`${site.databasePath}-wal`)).toEqual(log)
    expect(await bytesOf(site.databasePath)).toEqual(await bytesOf(join(site.directory, "older.db")))

    // As advised.
    await mkdir(join(data, "set-aside"))
    for (const tail of ["-wal", "-shm"]) {
      await rename(`${site.databasePath}${tail}`, join(data, "set-aside", `starpunk.db${tail}`))
    }
    const page = await notes()
    expect(page).toContain("the first note")
    expect(page).not.toContain("the second note")
  })

  it("is kept apart from it by a restore", async () => {
    await copyOf(second)
    await copyFile(join(site.directory, "older.db"), site.databasePath)
    const log = await bytesOf(`${site.databasePath}-wal`)
    expect((await site.run(["restore", "b.tar"])).code).toBe(0)
    const kept = (await readdir(data)).find((name) => /before-restore-.*-wal$/.test(name)) ?? ""
    expect(await bytesOf(join(data, kept))).toEqual(log)
    expect(await site.run(["reindex"])).toMatchObject({ code: 0, stderr: "" })
    expect(stored()).toEqual(["the first note"])
  })

  it("is accepted if the log belongs to the database", async () => {
    await copyOf(second)
    await rm(`${site.databasePath}-shm`)
    const page = await notes()
    expect(page).toContain("the first note")
    expect(page).toContain("the second note")
  })
})
