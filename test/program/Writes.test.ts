import { spawn } from "node:child_process"
import Database from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

const healthToken = "a-token-of-a-scraper"

/** A process that takes a core for as long as `use` runs. */
const besideBusyCore = async <A>(use: () => Promise<A>): Promise<A> => {
  const busy = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" })
  try {
    return await use()
  } finally {
    busy.kill("SIGKILL")
  }
}

describe("notes of many apps at once", () => {
  let site: Program
  let token: string

  beforeAll(async () => {
    site = await Program.create({ STARPUNK_HEALTH_TOKEN: healthToken, STARPUNK_RATE_LIMIT_ENABLED: "false" })
    await site.start()
    token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
  })

  afterAll(() => site.dispose())

  const post = async (content: string, more: Record<string, string> = {}) => {
    const response = await fetch(`${site.url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ h: "entry", content, ...more })
    })
    await response.arrayBuffer()
    const location = response.headers.get("location") ?? ""
    return { status: response.status, slug: location.slice(location.lastIndexOf("/") + 1) }
  }

  /** Runs a query in this process, which sees only what is committed. */
  const query = (sql: string): ReadonlyArray<unknown> => {
    const database = new Database(site.databasePath, { timeout: 10_000 })
    try {
      const statement = database.prepare<[], unknown>(sql)
      if (statement.reader) return statement.pluck().all()
      statement.run()
      return []
    } finally {
      database.close()
    }
  }

  /** Writes that were committed, and the commits. */
  const transactions = async () => {
    const headers = { authorization: `Bearer ${healthToken}` }
    const text = await (await fetch(`${site.url}/metrics`, { headers })).text()
    const value = (name: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.split(" ")[1] ?? Number.NaN
      )
    return {
      writes: value("starpunk_db_transaction_writes_sum"),
      commits: value("starpunk_db_transaction_writes_count")
    }
  }

  it("a hundred writes beside a busy core are acknowledged, stored, and logged with their request", async () => {
    const before = await transactions()
    const answers = await besideBusyCore(() =>
      Promise.all(Array.from({ length: 100 }, (_, n) => post(`Note number ${n}`, { category: "crowd" })))
    )
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
    const slugs = new Set(query("SELECT slug FROM posts"))
    expect(answers.filter(({ slug }) => !slugs.has(slug))).toEqual([])
    expect(query("SELECT count(*) FROM post_tags WHERE tag = 'crowd'")).toEqual([100])
    const after = await transactions()
    expect(after.writes - before.writes).toBeGreaterThanOrEqual(100)
    expect(after.commits - before.commits).toBeLessThan(after.writes - before.writes)
    const created = site.log.filter(({ message }) => message === "Post created")
    const served = new Set(site.log.filter(({ message }) => message === "http.access").map((line) => line.request_id))
    expect(new Set(created.map((line) => line.request_id)).size).toBe(created.length)
    expect(created.filter((line) => !served.has(line.request_id))).toEqual([])
  })

  it("writes that request the same address each get an address of their own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => post(`Wish number ${n}`, { "mp-slug": "the-wish" }))
    )
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
    expect(new Set(answers.map(({ slug }) => slug)).size).toBe(20)
    expect(query("SELECT count(*) FROM posts WHERE slug LIKE 'the-wish%'")).toEqual([20])
  })

  it("a write that breaks a constraint is refused alone", async () => {
    query(`CREATE TRIGGER refuse AFTER INSERT ON post_tags WHEN NEW.tag = 'broken'
      BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    try {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, n) => post(`Mixed number ${n}`, { category: n % 7 === 3 ? "broken" : "fine" }))
      )
      expect(answers.map(({ status }) => status === 201)).toEqual(answers.map((_, n) => n % 7 !== 3))
      const stored = query("SELECT properties FROM posts WHERE properties LIKE '%Mixed number%'")
      expect(stored).toHaveLength(answers.filter(({ status }) => status === 201).length)
      expect(query("SELECT count(*) FROM search_documents WHERE body LIKE '%mixed number%'")).toEqual([
        answers.filter(({ status }) => status === 201).length
      ])
    } finally {
      query("DROP TRIGGER refuse")
    }
  })
})
