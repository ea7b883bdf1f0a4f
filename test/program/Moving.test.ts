import { request } from "node:http"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import * as Samples from "../fixtures/Samples.js"
import { Program } from "./Program.js"

const old = "http://old.example"
const present = "http://new.example"

/** Requests with a host name, as a proxy forwards them. */
const askAs = (host: string, port: number, path: string, method = "GET") =>
  new Promise<{ status: number; location: string | undefined; body: string }>((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method, headers: { host, connection: "close" } },
      (response) => {
        let body = ""
        response.setEncoding("utf8")
        response.on("data", (chunk) => {
          body += chunk
        })
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, body })
        )
      }
    )
    sent.on("error", reject)
    sent.end()
  })

describe("O5, P1: a site that moves to another address", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })
  afterEach(() => site.dispose())

  const get = async (path: string) => (await fetch(`${site.url}${path}`, { redirect: "manual" })).text()
  const feedIds = async () => ({
    json: JSON.parse(await get("/feed.json")).items.map(({ id }: { id: string }) => id),
    atom: [...(await get("/feed.atom")).matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id),
    rss: [...(await get("/feed.rss")).matchAll(/<guid[^>]*>(.*?)<\/guid>/g)].map(([, id]) => id)
  })

  const clientOf = async () => {
    const token = (await site.run(["token", "create", "--scope", "create update delete media"])).stdout.trim()
    const authorization = `Bearer ${token}`
    return {
      post: (body: unknown) =>
        fetch(`${site.url}/micropub`, {
          method: "POST",
          headers: { authorization, "content-type": "application/json" },
          body: JSON.stringify(body)
        }),
      upload: async (name: string) => {
        const form = new FormData()
        form.append("file", new Blob([new Uint8Array(await Samples.photo(400, 300, 1))]), name)
        const answer = await fetch(`${site.url}/micropub/media`, {
          method: "POST",
          headers: { authorization },
          body: form
        })
        return answer.headers.get("location") ?? ""
      },
      source: async (url: string) => {
        const answer = await fetch(`${site.url}/micropub?q=source&url=${encodeURIComponent(url)}`, {
          headers: { authorization }
        })
        return { status: answer.status, body: JSON.parse(await answer.text()) }
      }
    }
  }

  it("shows its pictures and links under the new address, accepts the old permalinks, and keeps its ids in feeds", async () => {
    await site.start({ STARPUNK_SITE_URL: old })
    const client = await clientOf()
    const photo = await client.upload("a.jpg")
    expect(photo).toMatch(/^http:\/\/old\.example\/media\//)
    const first = await client.post({
      type: ["h-entry"],
      properties: { content: ["First"], photo: [{ value: photo, alt: "A picture" }], "mp-slug": ["first"] }
    })
    expect(first.headers.get("location")).toBe(`${old}/notes/first`)
    const text = `![p](${photo}) and [that](${old}/notes/first), see ${old}/notes/first`
    await client.post({
      type: ["h-entry"],
      properties: { content: [text], "in-reply-to": [`${old}/notes/first`], "mp-slug": ["second"] }
    })
    expect((await client.source(`${old}/notes/second`)).body.properties).toMatchObject({
      content: [text],
      "in-reply-to": [`${old}/notes/first`]
    })
    const before = await feedIds()
    await site.stop()

    const moved = { STARPUNK_SITE_URL: present, STARPUNK_FORMER_URLS: old }
    await site.start(moved)
    for (const path of ["/", "/notes/first", "/notes/second", "/feed.json", "/feed.rss", "/feed.atom"]) {
      // An address in the author's text stays unchanged; its target does not.
      expect(await get(path), path).not.toMatch(/(?:href|src|srcset|url|link)[\\"=:>\s]{1,4}http:\/\/old\.example/)
    }
    expect(await get("/notes/first")).toContain(`${present}/media/`)
    expect(await feedIds()).toEqual(before)
    expect(JSON.parse((await site.run(["addresses", "--json"], moved)).stdout)).toEqual({
      current: present,
      former: [old],
      feed_ids: old
    })
    expect(await client.source(`${old}/notes/first`)).toMatchObject({
      status: 200,
      body: { properties: { photo: [{ value: photo.replace(old, present), alt: "A picture" }] } }
    })
    // A client deletes by an address that it stored earlier.
    const update = { action: "update", url: `${old}/notes/second`, delete: { "in-reply-to": [`${old}/notes/first`] } }
    expect((await client.post(update)).status).toBe(204)
    expect((await client.source(`${present}/notes/second`)).body.properties).not.toHaveProperty("in-reply-to")
    const renamed = { action: "update", url: `${old}/notes/first`, replace: { "mp-slug": ["renamed"] } }
    expect((await client.post(renamed)).headers.get("location")).toBe(`${present}/notes/renamed`)
    expect((await feedIds()).json).toEqual(before.json)
  })

  it("redirects readers of the former address, but not probes and not clients that write", async () => {
    const moved = { STARPUNK_SITE_URL: present, STARPUNK_FORMER_URLS: `${old},http://localhost:8000` }
    await site.start(moved)
    for (const path of ["/", "/notes/a?b=c", "/feed.xml", "/unknown"]) {
      expect(await askAs("old.example", site.port, path)).toMatchObject({ status: 301, location: `${present}${path}` })
    }
    expect((await askAs("OLD.example:80", site.port, "/", "HEAD")).location).toBe(`${present}/`)
    expect((await askAs("old.example", site.port, "/health/ready")).status).toBe(200)
    expect((await askAs("old.example", site.port, "/micropub", "POST")).status).toBe(401)
    // A proxy may send another host name.
    for (const host of ["new.example", "localhost:8000", "other.example"]) {
      expect((await askAs(host, site.port, "/")).status, host).toBe(200)
    }
  })

  it("converts posts that were stored with the host, in an upgrade and a move at once", async () => {
    await site.start({ STARPUNK_SITE_URL: "http://localhost:8000" })
    const client = await clientOf()
    const photo = await client.upload("a.jpg")
    await client.post({ type: ["h-entry"], properties: { content: ["Old"], photo: [photo], "mp-slug": ["old"] } })
    await site.stop()
    // As earlier versions left it: addresses with their host, and no record of the site's address.
    const database = new Database(site.databasePath)
    const store = database.prepare("UPDATE posts SET properties = ?, feed_id = '/notes/' || slug WHERE slug = 'old'")
    store.run(JSON.stringify({ content: [`Old ![p](${photo})`], photo: [photo] }))
    database.exec("DELETE FROM site_addresses")
    database.close()

    await site.start({ STARPUNK_SITE_URL: present })
    await site.logWhen((log) => log.some(({ message }) => message === "Addresses in posts converted"))
    const page = await get("/notes/old")
    expect(page).not.toContain("localhost:8000")
    expect(page.split(`${present}/media/`).length).toBeGreaterThan(1)
    expect((await feedIds()).json).toEqual([`${present}/notes/old`])
    expect((await client.source(`${present}/notes/old`)).body.properties.photo).toEqual([
      photo.replace("http://localhost:8000", present)
    ])
  })

  it("includes its ids and pictures in an export", async () => {
    await site.start({ STARPUNK_SITE_URL: old })
    const client = await clientOf()
    const photo = await client.upload("a.jpg")
    await client.post({ type: ["h-entry"], properties: { content: ["One"], photo: [photo], "mp-slug": ["one"] } })
    const before = await feedIds()
    await site.stop()
    expect((await site.run(["export", "out"])).code).toBe(0)
    const other = await Program.create({ STARPUNK_SITE_URL: present })
    try {
      expect((await other.run(["import", `${site.directory}/out`])).code).toBe(0)
      await other.start()
      const feed = JSON.parse(await (await fetch(`${other.url}/feed.json`)).text())
      expect(feed.items.map(({ id }: { id: string }) => id)).toEqual(before.json)
      expect(feed.items[0].content_html).toContain(`${present}/media/`)
    } finally {
      await other.dispose()
    }
  })
})
