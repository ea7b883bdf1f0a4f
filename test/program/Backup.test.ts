import { once } from "node:events"
import { existsSync, statSync } from "node:fs"
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
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

  it("are made while others write, contain what was acknowledged, and are restored when the server is stopped", async () => {
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
  })

  it("survive a full disk with a clear message, and leave nothing half done", async () => {
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
  })

  it("that are killed leave no file of their name, and the next one is made", async () => {
    await site.run(["sessions", "cleanup"])
    await media("large.mp4", Buffer.alloc(20_000_000, 1))
    for (const millis of [300, 600, 900]) {
      await killedAfter(millis, ["backup", "--force", "b.tar"])
      const names = await readdir(site.directory)
      if (names.includes("b.tar")) expect((await site.run(["backup", "--verify", "b.tar"])).code).toBe(0)
      await rm(join(site.directory, "b.tar"), { force: true })
    }
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
  })

  it("usage errors and invalid backups are reported without a stack trace", async () => {
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
  })

  it("are made by the server itself, at once if there is none, and the oldest are removed", async () => {
    await site.run(["sessions", "cleanup"])
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
  })

  it("that the server cannot make are an error in the log, and the site continues", async () => {
    await writeFile(join(site.directory, "file"), "")
    await site.start({ STARPUNK_BACKUP_DIRECTORY: join(site.directory, "file", "backups") })
    const log = await site.logWhen((lines) => lines.some(({ logger }) => logger === "starpunk.backup"))
    expect(log.find(({ logger }) => logger === "starpunk.backup")).toMatchObject({
      level: "ERROR",
      error: { code: "backup.not_written" }
    })
    expect((await fetch(`${site.url}/`)).status).toBe(200)
    expect(await site.stop()).toBe(0)
  })
})

/** A directory on another file system than the temporary files, or theirs if there is none. */
const otherDisk = (): string =>
  ["/dev/shm", "/tmp", "/var/tmp"].find((path) => existsSync(path) && statSync(path).dev !== statSync(tmpdir()).dev) ??
  tmpdir()

describe("O1: a site whose media are on another file system", () => {
  let site: Program
  let volume: string
  let media: string

  beforeEach(async () => {
    site = await Program.create()
    volume = await mkdtemp(join(otherDisk(), "starpunk-volume-"))
    media = join(site.directory, "data", "media")
    await site.run(["sessions", "cleanup"])
    await mkdir(join(volume, "media"), { mode: 0o700 })
    await symlink(join(volume, "media"), media)
  })

  afterEach(async () => {
    await site.dispose()
    await rm(volume, { recursive: true, force: true })
  })

  const mark = async (word: string) => {
    const database = new Database(site.databasePath)
    database.exec(`DELETE FROM posts; INSERT INTO posts
      (slug, type, properties, status, visibility, published_at, created_at, updated_at)
      VALUES ('${word}', 'entry', '{}', 'published', 'public', 1, 1, 1)`)
    database.close()
    await rm(join(volume, "media"), { recursive: true })
    await mkdir(join(volume, "media", "ab"), { recursive: true, mode: 0o700 })
    await writeFile(join(media, "ab", "a.jpg"), word)
    await writeFile(join(media, "ab", `${word}.jpg`), word)
  }

  const state = async () => {
    const database = new Database(site.databasePath, { fileMustExist: true })
    const slugs = database.prepare("SELECT slug FROM posts").pluck().all()
    const sound = database.pragma("integrity_check", { simple: true })
    database.close()
    return [...slugs, sound, await readFile(join(media, "ab", "a.jpg"), "utf8"), ...(await readdir(join(media, "ab")))]
  }

  /** A module that is preloaded into the program and changes calls of the file system. */
  const instead = async (script: string): Promise<string> => {
    const path = join(site.directory, "instead.mjs")
    const prelude = `import { promises } from "node:fs"; import { syncBuiltinESMExports } from "node:module"`
    await writeFile(path, `${prelude}\n${script}\nsyncBuiltinESMExports()\n`)
    return path
  }

  it("is restored, and every command works afterwards", async () => {
    await mark("new")
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    const restored = await state()
    await mark("old")
    expect(await site.run(["restore", "--force", "b.tar"])).toMatchObject({ code: 0, stderr: "" })
    expect(await state()).toEqual(restored)
    for (const command of [["token", "list"], ["reindex"], ["restore", "b.tar"]]) {
      expect(await site.run(command)).toMatchObject({ code: 0, stderr: "" })
    }
    await site.start()
    expect(await site.stop()).toBe(0)
  })

  it("that an earlier version left between two states is repaired by any command", async () => {
    await mark("old")
    const id = "0123456789abcdef"
    // 2.0.0-alpha.1 had put the database into place, and could not move the media.
    await mkdir(join(site.directory, "data", `media.restore-${id}`, "ab"), { recursive: true })
    await writeFile(join(site.directory, "data", `media.restore-${id}`, "ab", "a.jpg"), "new")
    await writeFile(join(site.directory, "data", "restore.json"), JSON.stringify({ id, remove: ["ab/old.jpg"] }))
    expect(await site.run(["token", "list"])).toMatchObject({ code: 0, stderr: "" })
    expect(await state()).toEqual(["old", "ok", "new", "a.jpg"])
    expect((await readdir(join(site.directory, "data"))).filter((name) => name.includes("restore"))).toEqual([])
  })

  it("is complete after a restore that was killed at any of its steps", async () => {
    await mark("new")
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    const restored = await state()
    const preload = await instead(`
      let calls
      const at = Number(process.env.KILL_AT_CALL)
      for (const name of ["rename", "unlink", "rm", "mkdir", "open"]) {
        const call = promises[name]
        promises[name] = async (...args) => {
          if (calls !== undefined && ++calls >= at) {
            process.kill(process.pid, "SIGKILL")
            await new Promise(() => {})
          }
          const result = await call(...args)
          if (name === "rename" && args[1].endsWith("/restore.json")) calls = 0
          return result
        }
      }`)
    // Every step fails, or is the last, in test/layers/backup/CarryOut.test.ts.
    for (let at = 1; ; at += 6) {
      await mark("old")
      const { code } = await site.run(["restore", "b.tar"], {
        NODE_OPTIONS: `--import ${preload}`,
        KILL_AT_CALL: String(at)
      })
      expect((await site.run(["token", "list"])).stderr).toBe("")
      expect(await state()).toEqual(restored)
      if (code === 0) {
        expect(at).toBeGreaterThan(10)
        return
      }
      expect(code).toBe(null)
    }
  }, 240_000)

  it("is unchanged after a restore that could not be completed, which is reported once", async () => {
    await mark("old")
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    const before = await state()
    const preload = await instead(`
      const { rename } = promises
      promises.rename = async (from, to) => {
        if (!to.endsWith("/starpunk.db") || !from.includes(".restore-")) return rename(from, to)
        throw Object.assign(new Error("EIO: " + to), { code: "EIO", path: to })
      }`)
    const failed = await site.run(["restore", "b.tar"], { NODE_OPTIONS: `--import ${preload}` })
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain("Every file is back in its old place")
    expect(await state()).toEqual(before)
    expect(await site.run(["token", "list"])).toMatchObject({ code: 0, stderr: "" })
  })

  it.skipIf(process.getuid?.() !== 0)("names the directory that its user may not write to (takes root)", async () => {
    await mark("old")
    expect((await site.run(["backup", "b.tar"])).code).toBe(0)
    await chmod(join(site.directory, "b.tar"), 0o644)
    await site.shell(
      `chown -R 65534:65534 . '${volume}'; chown 0:0 '${volume}/media/ab'; chmod 755 '${volume}/media/ab'`
    )
    const before = await state()
    const refused = await site.shell(
      `setpriv --reuid 65534 --regid 65534 --clear-groups "$NODE" "$ENTRY" restore b.tar`,
      { NODE: process.execPath, ENTRY: fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url)) }
    )
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(`${volume}/media/ab`)
    expect(refused.stderr).toContain("Nothing was changed")
    expect(await state()).toEqual(before)
  })
})
