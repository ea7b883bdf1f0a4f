import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

describe("Commands beside a server that is written to", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  })

  afterEach(() => site.dispose())

  const writing = async () => {
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    const statuses: Array<number> = []
    let over = false
    const loop = (async () => {
      while (!over) {
        const response = await fetch(`${site.url}/micropub`, {
          method: "POST",
          headers: { Authorization: `Bearer ${token}` },
          body: new URLSearchParams({ h: "entry", content: `note ${statuses.length}` })
        })
        statuses.push(response.status)
      }
    })()
    return async () => {
      over = true
      await loop
      return statuses
    }
  }

  it("all succeed, and no author is refused meanwhile", async () => {
    await site.start()
    const end = await writing()
    const database = new Database(site.databasePath)
    const expired = database.prepare(
      "INSERT INTO sessions (token_hash, id, owner, created_at, last_used_at, expires_at, ends_at, user_agent, address) VALUES (randomblob(32), hex(randomblob(8)), 'https://me.example/', 1, 1, 2, 3, NULL, NULL)"
    )
    database.transaction(() => {
      for (let count = 0; count < 1_200; count++) expired.run()
    })()
    database.close()
    for (const args of [
      ["sessions", "cleanup"],
      ["reindex"],
      ["db", "optimize"],
      ["db", "check"],
      ["token", "create", "--scope", "media"],
      ["backup", "b.tar"],
      ["doctor"]
    ]) {
      expect(await site.run(args), args.join(" ")).toMatchObject({ code: 0, stderr: "" })
    }
    const statuses = await end()
    expect(new Set(statuses)).toEqual(new Set([201]))
    const found = await fetch(`${site.url}/api/search?q=note&limit=1`)
    expect(((await found.json()) as { readonly total: number }).total).toBeGreaterThan(0)
  })

  it("wait longer for the write lock than a request does: no caller queues behind one", async () => {
    await site.run(["sessions", "cleanup"])
    const holder = new Database(site.databasePath)
    holder.exec("BEGIN IMMEDIATE")
    const cleaning = site.run(["sessions", "cleanup"], { STARPUNK_DB_BUSY_TIMEOUT: "100" })
    const optimizing = site.run(["db", "optimize"], { STARPUNK_DB_BUSY_TIMEOUT: "100" })
    await wait(4_000)
    holder.exec("COMMIT")
    holder.close()
    expect(await cleaning).toMatchObject({ code: 0, stderr: "" })
    expect(await optimizing).toMatchObject({ code: 0, stderr: "" })
  })

  it("a stopped server leaves one database file, without a log or journal", async () => {
    await site.start()
    const end = await writing()
    await expect.poll(() => existsSync(`${site.databasePath}-wal`)).toBe(true)
    await end()
    expect(await site.stop()).toBe(0)
    expect(existsSync(`${site.databasePath}-wal`)).toBe(false)
  })

  it("control characters from outside do not reach the terminal", async () => {
    const label = "\u001b[2J\u009b31mapp\nadmin"
    expect((await site.run(["token", "create", "--scope", "create", "--label", label])).code).toBe(0)
    const listed = await site.run(["token", "list"])
    expect(listed.stdout.split("\n")).toHaveLength(3)
    expect(listed.stdout).not.toMatch(/[^\P{Cc}\n]/u)
    await writeFile(join(site.directory, "b\u001b[31m.tar"), "no archive")
    const refused = await site.run(["backup", "--verify", "b\u001b[31m.tar"])
    expect(refused.code).toBe(1)
    expect(refused.stderr).not.toMatch(/[^\P{Cc}\n]/u)
  })
})
