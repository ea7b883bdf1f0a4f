import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"
import { fingerprint, layOut, originalEnv } from "./PythonSite.js"

/** Unset, so that the `.env` of StarPunk (Python) sets it. */
const asOriginal = {
  STARPUNK_DATA_PATH: "",
  STARPUNK_SITE_URL: ""
}

describe("StarPunk (Python), replaced by this version on its own .env and data directory", () => {
  let site: Program
  let data: string

  beforeEach(async () => {
    site = await Program.create(asOriginal)
    data = join(site.directory, "data")
    await writeFile(join(site.directory, ".env"), originalEnv(site.url))
    await layOut(data)
  })

  afterEach(() => site.dispose())

  const get = (path: string, init: RequestInit = {}) => fetch(`${site.url}${path}`, { redirect: "manual", ...init })
  const text = async (path: string) => (await get(path)).text()

  const unchanged = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
    for (const [file, hash] of Object.entries(before)) expect([file, after[file]]).toEqual([file, hash])
  }

  it("serves the same addresses, leaves the original's files unchanged, and imports the notes once", async () => {
    const before = await fingerprint(data)
    await site.start()

    // Permalinks, both forms.
    const note = await get("/notes/first-note-of-all")
    expect(note.status).toBe(200)
    expect(await note.text()).toContain("First note of <strong>all</strong>")
    const old = await get("/note/first-note-of-all")
    expect([301, 308]).toContain(old.status)
    expect(new URL(old.headers.get("location") ?? "", site.url).pathname).toBe("/notes/first-note-of-all")
    for (const slug of ["iso-time", "rule-first", "this-is-a-test-for-f0x5", "elsewhere"]) {
      expect([slug, (await get(`/notes/${slug}`)).status]).toEqual([slug, 200])
    }
    expect(await text("/notes/with-front-matter")).toContain("A title")
    expect(await text("/notes/hostile")).not.toMatch(/<script>alert|href="javascript:/)
    for (const slug of ["a-draft", "stray"]) expect([slug, (await get(`/notes/${slug}`)).status]).toEqual([slug, 404])
    expect((await get("/notes/gone")).status).toBe(410)
    expect(await text("/notes/iso-time")).toContain("2025-11-26T10:00:00")

    // Settings of StarPunk (Python).
    const home = await text("/")
    expect(home).toContain("Notes from the river")
    expect(home).toContain("First note of")

    // The feed, newest first, and the later ones.
    const feed = await get("/feed.xml")
    expect([feed.status, feed.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("application/rss+xml")
    ])
    const rss = await feed.text()
    expect(rss).toContain(`${site.url}/notes/first-note-of-all`)
    expect(rss.indexOf("iso-time")).toBeLessThan(rss.indexOf("first-note-of-all"))
    for (const path of ["/feed", "/feed.rss", "/feed.atom", "/feed.json", "/opml.xml"]) {
      expect([path, (await get(path)).status]).toEqual([path, 200])
    }

    // Tags, media, search.
    expect(await text("/tag/birds")).toContain("/notes/with-photo")
    const photo = await text("/notes/with-photo")
    expect(photo).toContain('alt="A bird"')
    expect((await get(/\/media\/[0-9a-f]{32}-400x300\.jpg/.exec(photo)?.[0] ?? "/none")).status).toBe(200)
    expect((await get("/search?q=first")).status).toBe(200)
    expect(await (await get("/api/search?q=first")).json()).toMatchObject({ count: 2 })

    // Health endpoints, as load balancers use them.
    const health = await get("/health")
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({
      status: expect.stringMatching(/^(healthy|degraded)$/),
      timestamp: expect.any(String)
    })
    expect((await get("/health?detailed=true")).status).toBe(200)

    // Addresses of login and admin.
    expect((await get("/auth/login")).status).toBe(200)
    expect((await get("/auth/callback")).status).toBeLessThan(500)
    for (const path of ["/admin/", "/admin/new", "/admin/edit/1", "/admin/delete/1", "/admin/metrics-dashboard"]) {
      const { headers, status } = await get(path, { headers: { accept: "text/html" } })
      expect([path, status, headers.get("location")]).toEqual([path, 303, expect.stringContaining("/auth/login")])
    }

    // Micropub: no token, no entry; the form of the error.
    const refused = await get("/micropub", { method: "POST", body: new URLSearchParams({ h: "entry", content: "x" }) })
    expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ error: "unauthorized" })])
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    const created = await get("/micropub", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: new URLSearchParams({ h: "entry", content: "After the move", "mp-slug": "after-the-move" })
    })
    expect([created.status, created.headers.get("location")]).toEqual([201, `${site.url}/notes/after-the-move`])

    expect(await site.stop()).toBe(0)
    unchanged(before, await fingerprint(data))
    expect(JSON.parse(await readFile(join(data, "moved-from-python.json"), "utf8"))).toMatchObject({
      posts: 11,
      media: 1,
      broken: 0
    })

    // Later changes of the old files have no effect, nor has their end.
    await writeFile(join(data, "notes", "2025", "11", "first-note-of-all.md"), "Changed by the old server")
    await writeFile(join(data, "starpunk.db"), "")
    await writeFile(join(site.directory, ".env"), originalEnv(site.url).replace("DEV_MODE=false", "DEV_MODE=true"))
    await site.start()
    expect(await text("/notes/first-note-of-all")).toContain("First note of")

    // The login has the same cookie.
    const page = await text("/auth/login")
    const form = /<form[^>]+action="([^"]*dev[^"]*)"/.exec(page)?.[1]
    expect(form).toBeDefined()
    const login = await get(form ?? "", { method: "POST", headers: { Origin: site.url } })
    expect(login.headers.get("set-cookie")).toMatch(/^starpunk_session_\d+=/)
  })

  it("accepts every old setting, or names its replacement", async () => {
    const checked = await site.run(["check-config", "--json"])
    expect(checked).toMatchObject({ code: 0 })
    const { warnings } = JSON.parse(checked.stdout)
    const told = warnings.map(({ name }: { name: string }) => name)
    for (const name of [
      "SESSION_SECRET",
      "INDIELOGIN_URL",
      "TOKEN_ENDPOINT",
      "FEED_CACHE_ENABLED",
      "METRICS_SAMPLING_RATE"
    ]) {
      expect(told).toContain(name)
    }
  })

  it("reports broken notes, and starts with the good ones", async () => {
    await site.dispose()
    site = await Program.create(asOriginal)
    data = join(site.directory, "data")
    await writeFile(join(site.directory, ".env"), originalEnv(site.url))
    await layOut(data, [
      { slug: "lost" },
      { slug: "empty", text: "" },
      { slug: "when", text: "x", createdAt: "yesterday" }
    ])
    await site.start()
    expect((await get("/notes/first-note-of-all")).status).toBe(200)
    const log = await site.logWhen((lines) =>
      lines.some(({ message }) => message === "The notes of StarPunk (Python) were imported")
    )
    const broken = log.filter(({ message }) => message === "A note of StarPunk (Python) was not imported")
    expect(broken.map(({ error_code }) => error_code).toSorted()).toEqual([
      "import.file_unreadable",
      "import.post_invalid",
      "import.post_invalid"
    ])
    // Fixed, and imported beside the running server.
    await writeFile(join(data, "notes", "2025", "11", "lost.md"), "Found again")
    const again = await site.run(["import", "data", "--json"])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.stdout)).toMatchObject({ source: "starpunk_python", posts: { stored: 1 }, broken: 2 })
    expect((await get("/notes/lost")).status).toBe(200)
  })

  it("does not start on a damaged database, and gives advice", async () => {
    const path = join(data, "starpunk.db")
    const bytes = await readFile(path)
    bytes.fill(0x5a, 100)
    await writeFile(path, bytes)
    await writeFile(`${path}-wal`, "")
    await expect(site.start()).rejects.toThrow(/import\.source_unusable/)
  })
})
