import { request } from "node:http"
import Database from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { isFull } from "../fixtures/Runs.js"
import { Program } from "./Program.js"

/** A cookie that no session has: a request with it goes past the cache and gets what everybody gets. */
const past = { cookie: "starpunk_session=nobody" }

/** Headers that differ from one answer to the next, or that only one of two connections has. */
const ofEach = ["date", "x-request-id", "connection", "keep-alive"]

const healthToken = "a-token-of-a-scraper"

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

describe("cached pages", () => {
  let site: Program
  let token: string

  beforeAll(async () => {
    site = await Program.create({ STARPUNK_HEALTH_TOKEN: healthToken })
    await site.start()
    token = (await site.run(["token", "create", "--scope", "create update delete undelete"])).stdout.trim()
  })

  afterAll(() => site.dispose())

  const ask = async (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> => {
    const all = { "accept-encoding": "identity", ...headers }
    const response = await fetch(`${site.url}${path}`, { method, headers: all, redirect: "manual" })
    const kept = [...response.headers].filter(([name]) => !ofEach.includes(name))
    const text = Buffer.from(await response.arrayBuffer()).toString("latin1")
    // Errors name the request that they answer.
    const body = text.replaceAll(response.headers.get("x-request-id") ?? "none", "id of the request")
    return { status: response.status, headers: Object.fromEntries(kept), body }
  }

  const micropub = async (body: URLSearchParams | Record<string, unknown>): Promise<string> => {
    const isForm = body instanceof URLSearchParams
    const response = await fetch(`${site.url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, ...(isForm ? {} : { "content-type": "application/json" }) },
      body: isForm ? body : JSON.stringify(body)
    })
    await response.arrayBuffer()
    expect(response.status, JSON.stringify(body)).toBeLessThan(300)
    return response.headers.get("location") ?? ""
  }

  const create = (content: string, more: Record<string, string> = {}) =>
    micropub(new URLSearchParams({ h: "entry", content, ...more }))

  const hits = async () => {
    const lines = (
      await (await fetch(`${site.url}/metrics`, { headers: { authorization: `Bearer ${healthToken}` } })).text()
    ).split("\n")
    return Number(lines.find((line) => line.startsWith("starpunk_page_cache_hits_total"))?.split(" ")[1] ?? Number.NaN)
  }

  /** One of each kind of answer: page, feed, data, file, redirect, error, and one that is never cached. */
  const kinds = ["/", "/notes/one", "/api/search?q=one", "/feed.rss", "/favicon.ico", "/note/one", "/nowhere"]

  const others = [
    ...["/tag/first", "/search?q=one", "/feed.atom", "/feed.json"],
    ...["/feed", "/feed.xml", "/opml.xml", "/tag/first/feed.rss", "/robots.txt", "/?utm_source=x"],
    ...["/notes", "/notes/feed.json", "/archive", "/on-this-day", "/on-this-day/11-30", "/about", "/archive/2026"],
    ...["/sitemap.xml", "/links", "/articles", "/notes/none", "/auth/login", "/notes/one/", "//"]
  ]

  it.each([...kinds, ...others])("%s is answered byte for byte as if it were not cached", async (path) => {
    await create("One note", { "mp-slug": "one", category: "first" }).catch(() => "")
    await create("About me", { "mp-slug": "about", "mp-channel": "pages" }).catch(() => "")
    const { etag = "", "last-modified": modified = "" } = (await ask(path, past)).headers
    const conditions: ReadonlyArray<Record<string, string>> = [
      {},
      { "if-none-match": etag },
      { "if-none-match": `"other", ${etag}` },
      { "if-none-match": "*" },
      { "if-none-match": "nonsense" },
      { "if-modified-since": modified },
      { "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" },
      { "if-modified-since": "yesterday" },
      { "if-none-match": '"other"', "if-modified-since": modified },
      { range: "bytes=0-9" },
      { "cache-control": "no-cache" },
      { accept: "application/json" },
      { accept: "text/html;q=0.5, application/atom+xml" },
      { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" },
      { cookie: "theme=dark" }
    ]
    const every: ReadonlyArray<Record<string, string>> = [
      ...conditions,
      ...["gzip", "br", "br;q=0, gzip", "*", "nonsense;;q=,"].flatMap((encoding) =>
        [{}, { "if-none-match": etag }].map((condition) => ({ ...condition, "accept-encoding": encoding }))
      )
    ]
    // Conditions and codings are handled alike for every route, so the others are asked the usual questions only.
    const usual: typeof every = [
      {},
      { "if-none-match": etag },
      { "accept-encoding": "br" },
      { accept: "application/json" }
    ]
    const questions = kinds.includes(path) || isFull ? every : usual
    for (const method of ["GET", "HEAD"]) {
      for (const headers of questions) {
        const slow = await ask(path, { ...headers, cookie: `${headers.cookie ?? "a=b"}; ${past.cookie}` }, method)
        await ask(path, headers, method)
        expect(await ask(path, headers, method), `${method} ${JSON.stringify(headers)}`).toEqual(slow)
      }
    }
  })

  it("get their own access line, request id and count", async () => {
    await ask("/?line")
    const before = await hits()
    const response = await fetch(`${site.url}/?line`, { headers: { "accept-encoding": "identity" } })
    await response.arrayBuffer()
    expect(await hits()).toBeGreaterThan(before)
    const id = response.headers.get("x-request-id") ?? ""
    await expect.poll(() => site.log.filter(({ request_id }) => request_id === id)).toHaveLength(1)
    expect(site.log.find(({ request_id }) => request_id === id)).toMatchObject({
      message: "http.access",
      logger: "starpunk.http",
      method: "GET",
      route: "/",
      path: "/?line",
      status: 200,
      aborted: false
    })
  })

  it("are never older than an acknowledged change, of this process or of another one", async () => {
    const other = new Database(site.databasePath)
    other.pragma("busy_timeout = 5000")
    const paths = ["/", "/feed.json", "/tag/seen", "/notes/changing", "/search?q=changing"]
    const url = await create("changing 0", { "mp-slug": "changing", category: "seen" })
    const replace = (content: string) => micropub({ action: "update", url, replace: { content: [content] } })
    const statement = "UPDATE posts SET properties = json_set(properties, '$.content[0]', ?) WHERE slug = 'changing'"
    const changes: ReadonlyArray<(number: number) => Promise<unknown>> = [
      (number) => replace(`changing ${number}`),
      async (number) => other.prepare(statement).run(`changing elsewhere ${number}`),
      (number) => create(`another ${number}`, { category: "seen" }),
      () => micropub({ action: "update", url, add: { category: ["more"] } }),
      async () => other.prepare("UPDATE posts SET visibility = 'unlisted' WHERE slug = 'changing'").run(),
      async () => other.prepare("UPDATE posts SET visibility = 'public' WHERE slug = 'changing'").run()
    ]
    // The same order in every run, and every change after every other one.
    const order = changes.flatMap((_, first) => changes.map((_, second) => (second % 2 === 0 ? first : second)))
    const steps = order.flatMap((change) => changes[change] ?? [])
    const there = [() => micropub({ action: "delete", url }), () => micropub({ action: "undelete", url })]
    for (const [number, change] of [...steps, ...there, ...steps.slice(0, 4)].entries()) {
      await change(number)
      for (const path of paths) {
        await ask(path)
        const cached = await ask(path)
        const now = await ask(path, past)
        expect({ ...cached, headers: {} }, `${path} after ${number}`).toEqual({ ...now, headers: {} })
        // The tag is that of a revision, which background work on the changed post may raise at any moment.
        if (cached.headers.etag !== now.headers.etag) {
          expect((await ask(path)).headers.etag, `${path} after ${number}`).toBe(now.headers.etag)
        }
      }
    }
    other.close()
  })

  it.each(["this process", "another process"])("never go back behind a change of %s while many read", async (who) => {
    const slug = who.replace(" ", "-")
    const other = new Database(site.databasePath)
    other.pragma("busy_timeout = 5000")
    const url = await create(`${slug} counts 0`, { "mp-slug": slug, category: slug })
    const statement = other.prepare(
      "UPDATE posts SET properties = json_set(properties, '$.content[0]', ?) WHERE slug = ?"
    )
    const change = async (content: string) => {
      if (who === "this process")
        return void (await micropub({ action: "update", url, replace: { content: [content] } }))
      statement.run(content, slug)
      // What another process has committed is seen a millisecond later.
      const until = performance.now() + 1
      while (performance.now() < until) {}
    }
    let acknowledged = 0
    let isOver = false
    const seen = new Set<number>()
    const read = async (path: string) => {
      while (!isOver) {
        const before = acknowledged
        const { body } = await ask(path)
        const number = Number(new RegExp(`${slug} counts (\\d+)`).exec(body)?.[1])
        seen.add(number)
        if (!(number >= before)) throw new Error(`${path} shows ${number} after ${before} was acknowledged`)
      }
    }
    const readers = ["/", `/notes/${slug}`, `/tag/${slug}`, "/feed.json"].flatMap((path) => [read(path), read(path)])
    const all = Promise.all(readers)
    for (let number = 1; number <= 20; number++) {
      await change(`${slug} counts ${number}`)
      acknowledged = number
      await ask("/")
    }
    isOver = true
    await all
    other.close()
    expect(seen.size).toBeGreaterThan(5)
  })

  it("show a scheduled post when it is due, and a hundred readers at once are all answered", async () => {
    const at = Date.now() + 1_500
    await create("due soon", { published: new Date(at).toISOString() })
    expect((await ask("/")).status).toBe(200)
    await expect.poll(async () => (await ask("/")).body.includes("due soon")).toBe(true)
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask("/?crowd")))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })

  it("count the views of posts, which are stored when the server stops", async () => {
    const url = await create("viewed", { "mp-slug": "viewed" })
    const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0" }
    /** As a browser sends it: `fetch` says that it is no page that opens. */
    const visit = (path: string, method = "GET") =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request(`${site.url}${path}`, { method, headers }, (response) => {
          response.resume().on("end", () => resolve(response.statusCode))
        })
        sent.on("error", reject).end()
      })
    const database = new Database(site.databasePath)
    database.pragma("busy_timeout = 5000")
    await visit("/notes/viewed")
    database
      .prepare("INSERT INTO site_settings (section, revision, value, changed_at) VALUES ('care', 1, ?, 0)")
      .run('{"countViews":true}')
    const before = await hits()
    for (let time = 0; time < 5; time++) expect(await visit("/notes/viewed")).toBe(200)
    expect(await hits()).toBe(before + 4)
    await visit("/notes/viewed", "HEAD")
    await ask("/notes/viewed", { "user-agent": "curl/8.14.1" })
    await site.stop()
    const rows = database.prepare("SELECT slug, count FROM post_views JOIN posts ON posts.id = post_id").all()
    database.close()
    expect(url).toContain("/notes/viewed")
    expect(rows).toEqual([{ slug: "viewed", count: 5 }])
  })
})
