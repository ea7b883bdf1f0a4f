import { once } from "node:events"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

describe("Backups of a running site", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  const media = async (name: string, content: string | Buffer) => {
    await mkdir(join(site.directory, "data", "media"), { recursive: true })
    await writeFile(join(site.directory, "data", "media", name), content)
  }

  const posting = async () => {
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    return async (content: string) => {
      const response = await fetch(`${site.url}/micropub`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: new URLSearchParams({ h: "entry", content })
      })
      return response.status
    }
  }

  const killedAfter = async (millis: number, args: ReadonlyArray<string>) => {
    const child = site.begin(args)
    const ended = once(child, "exit")
    await wait(millis)
    child.kill("SIGKILL")
    await ended
  }

  const count = () => {
    const database = new Database(site.databasePath, { fileMustExist: true })
    const posts = Number(database.prepare("SELECT count(*) FROM posts").pluck().get())
    const sound = database.pragma("integrity_check", { simple: true })
    database.close()
    return { posts, sound }
  }

  it("are made beside writers, hold what was acknowledged, and are restored once the server is stopped", async () => {
    const post = await posting()
    await site.start()
    for (let number = 0; number < 5; number++) expect(await post(`before ${number}`)).toBe(201)
    await media("1f.jpg", "a picture")
    let writing = true
    const statuses: Array<number> = []
    const writer = (async () => {
      while (writing) statuses.push(await post(`during ${statuses.length}`))
    })()
    const made = await site.run(["backup", "--json", "b.tar"])
    writing = false
    await writer
    expect(made).toMatchObject({ code: 0, stderr: "" })
    expect(new Set(statuses)).toEqual(new Set([201]))
    const { posts } = JSON.parse(made.stdout)
    expect(posts).toBeGreaterThanOrEqual(5)

    const refused = await site.run(["restore", "--force", "b.tar"])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain("[restore.refused]")
    expect(await post("still here")).toBe(201)
    expect(await site.stop()).toBe(0)

    await media("1f.jpg", "another")
    const restored = await site.run(["restore", "b.tar", "--json"])
    expect(restored).toMatchObject({ code: 0, stderr: "" })
    expect(count()).toEqual({ posts, sound: "ok" })
    expect(await readFile(join(site.directory, "data", "media", "1f.jpg"), "utf8")).toBe("a picture")
    await site.start()
    expect(await post("after")).toBe(201)
    expect(count().posts).toBe(posts + 1)
  }, 60_000)

  it("survive full disks, in words, and leave nothing half done", async () => {
    await site.run(["sessions", "cleanup"])
    await media("large.mp4", Buffer.alloc(600_000, 1))
    // In blocks of 1024 bytes: room for the database, not for the archive.
    const full = await site.shell("trap '' XFSZ; ulimit -f 400; starpunk backup b.tar")
    expect(full.code).toBe(1)
    expect(full.stderr).toContain("[backup.not_written]")
    expect(full.stderr).not.toMatch(/\n\s+at /)
    const fuller = await site.shell("trap '' XFSZ; ulimit -f 60; starpunk backup b.tar")
    expect(fuller.code).toBe(1)
    expect(fuller.stderr).toContain("[backup.not_written]")
    expect((await readdir(site.directory)).toSorted()).toEqual(["data"])

    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    const before = count()
    const restoring = await site.shell("trap '' XFSZ; ulimit -f 400; starpunk restore b.tar")
    expect(restoring.code).toBe(1)
    expect(restoring.stderr).toContain("[restore.not_done]")
    expect(count()).toEqual(before)
    expect((await readdir(join(site.directory, "data"))).filter((name) => name.includes("restore"))).toEqual([])
  }, 60_000)

  it("that are killed in the middle leave no file of their name, and the next one is made", async () => {
    await site.run(["sessions", "cleanup"])
    await media("large.mp4", Buffer.alloc(20_000_000, 1))
    for (const millis of [300, 500, 700, 900]) {
      await killedAfter(millis, ["backup", "--force", "b.tar"])
      const names = await readdir(site.directory)
      if (names.includes("b.tar")) expect((await site.run(["backup", "--verify", "b.tar"])).code).toBe(0)
      await rm(join(site.directory, "b.tar"), { force: true })
    }
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
  }, 60_000)

  it("a restore that is killed at any moment leaves the old site or the new one, whole", async () => {
    await site.run(["sessions", "cleanup"])
    const mark = (slug: string) => {
      const database = new Database(site.databasePath)
      database.exec(`DELETE FROM posts; INSERT INTO posts
        (slug, type, properties, status, visibility, published_at, created_at, updated_at)
        VALUES ('${slug}', 'entry', '{}', 'published', 'public', 1, 1, 1)`)
      database.close()
    }
    const state = async () => {
      const database = new Database(site.databasePath, { fileMustExist: true })
      const slug = database.prepare("SELECT slug FROM posts").pluck().get()
      const sound = database.pragma("integrity_check", { simple: true })
      database.close()
      const files = (await readdir(join(site.directory, "data", "media"))).toSorted()
      const first = await readFile(join(site.directory, "data", "media", "a.jpg"), "utf8")
      return { slug, sound, files: files.join(), first }
    }
    mark("new")
    await media("a.jpg", "new")
    for (let number = 0; number < 40; number++) await media(`new-${number}.jpg`, "x".repeat(50_000))
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    const whole = { new: await state() }

    const began = performance.now()
    expect((await site.run(["restore", "b.tar"])).code).toBe(0)
    const duration = performance.now() - began - 200
    const seen = new Set<unknown>()
    for (let run = 0; run < 8; run++) {
      await rm(join(site.directory, "data", "media"), { recursive: true })
      mark("old")
      await media("a.jpg", "old")
      await media("old.jpg", "old")
      const old = await state()
      await killedAfter(300 + Math.floor((run * duration) / 8), ["restore", "b.tar"])
      // Any command that opens the site finishes what was decided upon.
      expect((await site.run(["sessions", "cleanup"])).code).toBe(0)
      const found = await state()
      seen.add(found.slug)
      expect([old, whole.new]).toContainEqual(found)
    }
    expect(seen.size).toBeGreaterThan(0)
  }, 120_000)

  it("usage errors and things that are no backups are told, without a stack", async () => {
    expect((await site.run(["backup"])).code).toBe(2)
    expect((await site.run(["backup", "--unknown", "x"])).code).toBe(2)
    expect((await site.run(["restore"])).code).toBe(2)
    expect((await site.run(["restore", "a", "b"])).code).toBe(2)
    const nothing = await site.run(["backup", "b.tar"])
    expect(nothing.code).toBe(1)
    expect(nothing.stderr).toContain("[maintenance.database_missing]")
    expect(await readdir(site.directory)).toEqual([])
    await writeFile(join(site.directory, "diary.txt"), "Dear diary ".repeat(500))
    for (const args of [
      ["restore", "diary.txt"],
      ["backup", "--verify", "diary.txt"]
    ]) {
      const finished = await site.run([...args, "--json"])
      expect(finished.code).toBe(1)
      expect(JSON.parse(finished.stderr).error.code).toBe("backup.invalid")
    }
    expect((await site.run(["backup", "b.tar"], { STARPUNK_PORT: "eighty" })).code).toBe(78)
  }, 60_000)

  it("are made by the server itself, at once where there is none, and the oldest go", async () => {
    const directory = join(site.directory, "backups")
    await mkdir(directory)
    const old = ["starpunk-20200101T000000Z.tar", "starpunk-20200102T000000Z.tar", "starpunk-20200103T000000Z.tar"]
    for (const name of [...old, "holiday.tar"]) await writeFile(join(directory, name), "x")
    await site.start({
      STARPUNK_BACKUP_DIRECTORY: directory,
      STARPUNK_BACKUP_KEEP: "2",
      STARPUNK_HEALTH_CHECK_DETAILED: "true"
    })
    const log = await site.logWhen((lines) => lines.some(({ logger }) => logger === "starpunk.backup"))
    expect(log.find(({ logger }) => logger === "starpunk.backup")).toMatchObject({ message: "Backup made", removed: 2 })
    const names = (await readdir(directory)).toSorted()
    expect(names).toHaveLength(3)
    expect(names).toEqual(expect.arrayContaining(["holiday.tar", "starpunk-20200103T000000Z.tar"]))
    const newest = names.find((name) => name.startsWith("starpunk-20") && !name.includes("2020")) ?? ""
    expect((await site.run(["backup", "--verify", join(directory, newest)])).code).toBe(0)
    await expect
      .poll(async () => (await (await fetch(`${site.url}/health/ready`)).json()) as object, { timeout: 30_000 })
      .toMatchObject({ checks: { backup: { status: "healthy" } } })
  }, 60_000)

  it("that the server cannot make are an error in the log, and the site goes on", async () => {
    await writeFile(join(site.directory, "file"), "")
    await site.start({ STARPUNK_BACKUP_DIRECTORY: join(site.directory, "file", "backups") })
    const log = await site.logWhen((lines) => lines.some(({ logger }) => logger === "starpunk.backup"))
    expect(log.find(({ logger }) => logger === "starpunk.backup")).toMatchObject({
      level: "ERROR",
      error: { code: "backup.not_written" }
    })
    expect((await fetch(`${site.url}/`)).status).toBe(200)
    expect(await site.stop()).toBe(0)
  }, 60_000)
})
