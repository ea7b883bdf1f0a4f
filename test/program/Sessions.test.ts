import Database from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

describe("starpunk sessions", () => {
  let site: Program

  beforeAll(async () => {
    site = await Program.create()
    // Makes the database.
    await site.run(["sessions", "list"])
  })

  afterAll(() => site.dispose())

  /** Sessions as logins leave them: no command can log in. */
  const logIn = (id: string, more: { readonly userAgent?: string; readonly idle?: number } = {}) => {
    const database = new Database(site.databasePath)
    const now = Date.now()
    database
      .prepare(
        "INSERT INTO sessions (token_hash, id, owner, created_at, last_used_at, expires_at, ends_at, user_agent, address) VALUES (randomblob(32), ?, 'https://me.example/', ?, ?, ?, ?, ?, '192.0.2.7')"
      )
      .run(id, now - 5000, now, now + (more.idle ?? 60_000), now + 120_000, more.userAgent ?? firefox)
    database.close()
  }

  const listed = async () => JSON.parse((await site.run(["sessions", "list", "--json"])).stdout).sessions

  it("lists live sessions, as text and as JSON, without anything that opens them", async () => {
    expect(await site.run(["sessions", "list"])).toMatchObject({
      code: 0,
      stdout: "No sessions.\n",
      stderr: ""
    })
    logIn("0011223344556677")
    logIn("8899aabbccddeeff", { userAgent: "curl/8 \u001b[31mred" })
    logIn("dead000000000000", { idle: -1 })
    const { code, stdout } = await site.run(["sessions", "list"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ID +SINCE +LAST USED +ENDS IF IDLE +ENDS +ADDRESS +BROWSER\n/)
    expect(stdout).toMatch(/^0011223344556677 .*192\.0\.2\.7 +Firefox on Linux$/m)
    expect(stdout).toMatch(/^8899aabbccddeeff .*curl\/8 \?\[31mred$/m)
    expect(stdout).not.toContain("dead")
    const sessions = await listed()
    expect(sessions).toHaveLength(2)
    expect(Object.keys(sessions[0]).toSorted()).toEqual(
      ["address", "created_at", "ends_at", "expires_at", "id", "last_used_at", "owner", "user_agent"].toSorted()
    )
    expect(Date.parse(sessions[0].ends_at)).toBeGreaterThan(Date.parse(sessions[0].expires_at))
  })

  it("ends one by its id, and reports an unknown id", async () => {
    expect(await site.run(["sessions", "revoke", "0011223344556677"])).toMatchObject({ code: 0, stderr: "" })
    expect((await listed()).map(({ id }: { readonly id: string }) => id)).toEqual(["8899aabbccddeeff"])
    const again = await site.run(["sessions", "revoke", "0011223344556677"])
    expect(again).toMatchObject({ code: 1, stdout: "" })
    expect(again.stderr).toContain("[maintenance.record_unknown]")
    expect(again.stderr).toContain("sessions list")
    const json = await site.run(["sessions", "revoke", "0011223344556677", "--json"])
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: "maintenance.record_unknown" } })
  })

  it.each([[["revoke"]], [["revoke", "--all", "8899aabbccddeeff"]]])(
    "%j is a usage error, and ends nothing",
    async (args) => {
      const finished = await site.run(["sessions", ...args])
      expect(finished).toMatchObject({ code: 2, stdout: "" })
      expect(finished.stderr).toContain("--all")
      expect(await listed()).toHaveLength(1)
    }
  )

  it("ends all", async () => {
    logIn("0011223344556677")
    const finished = await site.run(["sessions", "revoke", "--all", "--json"])
    expect(JSON.parse(finished.stdout)).toEqual({ ended: 2 })
    expect(await listed()).toEqual([])
  })
})
