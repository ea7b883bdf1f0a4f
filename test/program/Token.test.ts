import { readFile } from "node:fs/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

describe("starpunk token", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  const listed = async () => JSON.parse((await site.run(["token", "list", "--json"])).stdout).tokens

  it("creates the database and a token, and prints only the token", async () => {
    const created = await site.run(["token", "create", "--scope", "create update"])
    expect(created).toMatchObject({ code: 0, stderr: "" })
    expect(created.stdout).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
    expect(await listed()).toMatchObject([{ scopes: ["create", "update"], me: `${site.url}/` }])
    for (const file of [site.databasePath, `${site.databasePath}-wal`]) {
      const bytes = await readFile(file, "latin1").catch(() => "")
      expect(bytes).not.toContain(created.stdout.trim())
    }
  })

  it("accepts labels, identities and limits, as text and as JSON", async () => {
    const options = ["--label", "Phone", "--me", "https://Me.example", "--expires-in", "30 days", "--json"]
    const created = JSON.parse((await site.run(["token", "create", "--scope", "draft", ...options])).stdout)
    expect(created).toMatchObject({ label: "Phone", me: "https://me.example/", scopes: ["draft"] })
    expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(30 * 24 * 60 * 60 * 1000)
    const { token: _, ...record } = created
    expect(await listed()).toEqual([record])
    const { stdout } = await site.run(["token", "list"])
    expect(stdout).toMatch(/^ID +CREATED +LAST USED +EXPIRES +SCOPES +CLIENT +LABEL$/m)
    expect(stdout).toMatch(new RegExp(`${created.id}.*draft +- +Phone`))
    expect(record).toMatchObject({ renewable: false })
    expect(record).not.toHaveProperty("client_id")
  })

  it("revokes by id", async () => {
    const { id } = JSON.parse((await site.run(["token", "create", "--scope", "create", "--json"])).stdout)
    expect(await site.run(["token", "revoke", id])).toMatchObject({ code: 0, stderr: "" })
    expect(await listed()).toEqual([])
    const again = await site.run(["token", "revoke", id])
    expect(again).toMatchObject({ code: 1, stdout: "" })
    expect(again.stderr).toContain("token list")
  })

  it.each([
    [["create"]],
    [["create", "--scope", "creat"]],
    [["create", "--scope", " "]],
    [["create", "--scope", "create", "--me", "javascript:alert(1)"]],
    [["create", "--scope", "create", "--expires-in", "tomorrow"]],
    [["create", "--scope", "create", "--expires-in", "0 days"]],
    [["revoke"]]
  ])("%j is a usage error: exit code 2, and nothing is created", async (args) => {
    const finished = await site.run(["token", ...args])
    expect(finished).toMatchObject({ code: 2, stdout: "" })
    expect(finished.stderr).not.toBe("")
    expect(await listed()).toEqual([])
  })
})
