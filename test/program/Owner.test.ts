import { readFile } from "node:fs/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

const passphrase = "correct horse battery staple"

const isInvitation = ({ message }: { readonly message: string }) => message.startsWith("This site has no owner yet")

describe("the first owner of a site", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  const invitation = async () => {
    const log = await site.logWhen((lines) => lines.some(isInvitation))
    return String(log.findLast(isInvitation)?.setup_link)
  }

  const post = (address: string, fields: Record<string, string>) =>
    fetch(address, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" })

  const login = (given: string) => post(`${site.url}/auth/login`, { passphrase: given })

  it("opens the link that the start printed, in any log format, and logs in", async () => {
    await site.start({ STARPUNK_LOG_LEVEL: "WARNING" })
    const link = await invitation()
    expect(link).toMatch(new RegExp(`^${site.url}/auth/setup/[A-Za-z0-9_-]{43}$`))
    expect((await fetch(link)).status).toBe(200)
    const taken = await post(link, { passphrase, again: passphrase })
    expect([taken.status, taken.headers.get("location")]).toEqual([303, "/admin/welcome"])
    expect((await login("wrong guess")).status).toBe(401)
    const answer = await login(passphrase)
    expect(answer.status).toBe(303)
    const token = /starpunk_session(?:_\d+)?=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? ""
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    await site.stop()
    // No setup link is valid any more, and neither log nor database holds a passphrase or a session's token.
    await site.start()
    expect(site.log.filter(isInvitation)).toHaveLength(1)
    const kept = [site.rawLog, await readFile(site.databasePath, "latin1")]
    kept.push(await readFile(`${site.databasePath}-wal`, "latin1").catch(() => ""))
    for (const text of kept) {
      expect(text).not.toContain(passphrase)
      expect(text).not.toContain(token)
    }
  })

  /** A browser that has just logged in, and has read a page, so that the server knows its session. */
  const loggedIn = async () => {
    const cookie = (await login(passphrase)).headers.get("set-cookie")?.split(";", 1)[0] ?? ""
    const opens = async () => (await fetch(`${site.url}/admin`, { headers: { cookie }, redirect: "manual" })).status
    expect([await opens(), await opens()]).toEqual([200, 200])
    return opens
  }

  it("is created and replaced at the command line, beside a running server", async () => {
    await site.start()
    const printed = await invitation()
    const setup = await site.run(["owner", "setup"])
    expect(setup).toMatchObject({ code: 0, stderr: "" })
    const link = setup.stdout.trim()
    expect((await fetch(printed)).status).toBe(403)
    expect((await post(link, { passphrase })).status).toBe(303)

    const again = await site.run(["owner", "setup"])
    expect(again).toMatchObject({ code: 1, stdout: "" })
    expect(again.stderr).toContain("owner reset")

    const unsure = await site.run(["owner", "reset"])
    expect(unsure).toMatchObject({ code: 2, stdout: "" })
    expect(unsure.stderr).toContain("--yes")
    const opens = await loggedIn()
    expect(await site.run(["sessions", "revoke", "--all"])).toMatchObject({ code: 0 })
    expect(await opens()).toBe(401)

    const opensLater = await loggedIn()
    const reset = await site.run(["owner", "reset", "--yes", "--json"])
    expect(reset).toMatchObject({ code: 0 })
    const { ended_sessions, expires_at, setup_link } = JSON.parse(reset.stdout)
    expect(ended_sessions).toBe(1)
    expect(await opensLater()).toBe(401)
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now())
    expect((await login(passphrase)).status).toBe(401)
    const next = "eleven purple bicycles asleep"
    expect((await post(setup_link, { passphrase: next })).status).toBe(303)
    expect((await login(next)).status).toBe(303)
  })
})
