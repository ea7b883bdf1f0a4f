import { XMLParser } from "fast-xml-parser"
import { mf2 } from "microformats-parser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hasNofts5, nofts5Binding } from "../fixtures/Nofts5.js"
import { Program } from "./Program.js"

/** What a SQLite may be like, and what search must say of itself on it. */
const machines = [
  { name: "with FTS5", settings: {}, engine: "fts5", says: "full-text index" },
  {
    name: "with the fallback forced",
    settings: { STARPUNK_SEARCH_ENGINE: "fallback" },
    engine: "fallback",
    says: "as set in STARPUNK_SEARCH_ENGINE"
  },
  {
    name: "on a SQLite without FTS5",
    settings: { STARPUNK_SQLITE_BINDING: nofts5Binding },
    engine: "fallback",
    says: "https://www.sqlite.org/fts5.html#compiling_and_using_fts5"
  }
]

const usable = machines.filter(({ settings }) => hasNofts5 || !("STARPUNK_SQLITE_BINDING" in settings))

const form = { "Content-Type": "application/x-www-form-urlencoded" }
const json = { "Content-Type": "application/json" }

describe.each(usable)("The life of a note, $name", ({ settings, engine, says }) => {
  let site: Program
  let token: string

  beforeAll(async () => {
    site = await Program.create(settings)
    const created = await site.run(["token", "create", "--scope", "create"])
    expect(created).toMatchObject({ code: 0, stderr: "" })
    token = created.stdout.trim()
    await site.start()
  })

  afterAll(() => site.dispose())

  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${site.url}/micropub`, { method: "POST", headers: { Authorization: `Bearer ${token}`, ...headers }, body })

  const text = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${site.url}${path}`, { headers })
    expect(response.status, path).toBe(200)
    return response.text()
  }

  const requests = [
    {
      encoding: "form-encoded",
      word: "kingfisher",
      send: () => post(form, "h=entry&content=A+kingfisher+over+the+river&category[]=birds&category[]=river")
    },
    {
      encoding: "JSON",
      word: "goldfinch",
      send: () =>
        post(
          json,
          JSON.stringify({
            type: ["h-entry"],
            properties: { content: ["A goldfinch in the thistles"], category: ["birds", "meadow"] }
          })
        )
    }
  ]

  it.each(requests)("$encoding: page, feeds, search and log have the note", async ({ send, word }) => {
    const created = await send()
    expect(created.status, await created.text()).toBe(201)
    const location = created.headers.get("location") ?? ""
    expect(location).toMatch(new RegExp(`^${site.url}/notes/[a-z0-9-]+$`))
    const requestId = created.headers.get("x-request-id") ?? ""
    expect(requestId).toMatch(/^[0-9a-f]{32}$/)

    const page = await fetch(location)
    expect(page.status).toBe(200)
    const html = await page.text()
    const [entry] = mf2(html, { baseUrl: location }).items
    expect(entry?.type).toEqual(["h-entry"])
    expect(entry?.properties.url).toEqual([location])
    expect(html).toContain(word)

    const rss = new XMLParser({ isArray: (name) => name === "item" }).parse(await text("/feed.rss"))
    expect(rss.rss.channel.item[0].link).toBe(location)
    const atom = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "entry" }).parse(
      await text("/feed.atom")
    )
    expect(JSON.stringify(atom.feed.entry[0])).toContain(location)
    const feed = JSON.parse(await text("/feed.json"))
    expect(feed.items[0].url).toBe(location)

    const found = await fetch(`${site.url}/search?q=${word}`)
    expect(found.headers.get("x-search-engine")).toBe(engine)
    expect(await found.text()).toContain(`<mark>${word}</mark>`)
    const api = await fetch(`${site.url}/api/search?q=${word}`)
    expect(await api.json()).toMatchObject({ engine, results: [{ url: location }] })
    expect(JSON.parse(await text(`/api/search?q=${word.slice(2, 7)}`)).results).toHaveLength(1)

    const log = await site.logWhen((lines) =>
      lines.some((line) => line.message === "http.access" && line.request_id === requestId)
    )
    const ofRequest = log.filter((line) => line.request_id === requestId)
    expect(ofRequest.length).toBeGreaterThanOrEqual(2)
    expect(ofRequest.map((line) => line.message)).toContain("Post created")
    expect(ofRequest.find((line) => line.message === "http.access")).toMatchObject({
      method: "POST",
      path: "/micropub",
      status: 201
    })
  })

  it("every log line has a request id", async () => {
    await fetch(`${site.url}/no-such-page`)
    const log = await site.logWhen((lines) => lines.some((line) => line.path === "/no-such-page"))
    for (const line of log) {
      expect(line.request_id, JSON.stringify(line)).toMatch(/^[A-Za-z0-9._-]{8,64}$/)
    }
    expect(site.rawLog).not.toContain(token)
  })

  it("says so when search is reduced", async () => {
    const page = await text("/search?q=river")
    const health = await fetch(`${site.url}/health/ready`)
    expect(health.status).toBe(200)
    const ofSearch = site.log.filter((line) => line.logger === "starpunk.search").map((line) => JSON.stringify(line))
    if (engine === "fts5") expect(page).not.toContain("ranking is unavailable")
    else expect(page).toContain("ranking is unavailable")
    expect(ofSearch).toEqual([expect.stringContaining(says)])
  })

  it("stops cleanly", async () => {
    expect(await site.stop()).toBe(0)
  })
})

describe.skipIf(!hasNofts5)("A database that loses FTS5 and gets it back", () => {
  it("finds notes written meanwhile, without any action", async () => {
    const site = await Program.create()
    try {
      const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
      const write = async (content: string) => {
        const response = await fetch(`${site.url}/micropub`, {
          method: "POST",
          headers: { Authorization: `Bearer ${token}` },
          body: new URLSearchParams({ h: "entry", content })
        })
        expect(response.status).toBe(201)
      }
      const search = async (word: string) => {
        const response = await fetch(`${site.url}/api/search?q=${word}`)
        return (await response.json()) as { readonly engine: string; readonly results: ReadonlyArray<unknown> }
      }

      await site.start()
      await write("An otter on the bank")
      expect(await search("otter")).toMatchObject({ engine: "fts5", results: [{}] })
      expect(await site.stop()).toBe(0)

      await site.start({ STARPUNK_SQLITE_BINDING: nofts5Binding })
      await write("A badger in the wood")
      expect(await search("badger")).toMatchObject({ engine: "fallback", results: [{}] })
      expect(await search("otter")).toMatchObject({ engine: "fallback", results: [{}] })
      expect(await site.stop()).toBe(0)

      await site.start()
      let found = await search("badger")
      while (found.engine !== "fts5") found = await search("badger")
      expect(found.results).toHaveLength(1)
      expect((await search("otter")).results).toHaveLength(1)
      expect(await site.stop()).toBe(0)
    } finally {
      await site.dispose()
    }
  })
})
