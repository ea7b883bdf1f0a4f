import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

/** Markdown that becomes gigabytes of HTML: every `[a]` repeats one long address. */
const bomb = `first line\n\n[a]: /${"x".repeat(500_000)}\n\n${"[a] ".repeat(120_000)}`

describe("S2: a text that cannot be rendered", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  const post = async (token: string, content: unknown) => {
    const answer = await fetch(`${site.url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ type: ["h-entry"], properties: { content: [content] } })
    })
    return { status: answer.status, location: answer.headers.get("location") ?? "", body: await answer.text() }
  }

  /** The longest time that liveness took to answer until the work was done, in milliseconds. */
  const livenessDuring = async (work: Promise<unknown>) => {
    let isDone = false
    const done = work.finally(() => {
      isDone = true
    })
    let longest = 0
    while (!isDone) {
      const began = performance.now()
      expect((await fetch(`${site.url}/health/live`)).status).toBe(200)
      longest = Math.max(longest, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await done
    return longest
  }

  it("is stored and acknowledged, shown as plain text, and reported to its author, while the site answers", async () => {
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    await site.start()
    const posting = post(token, bomb)
    // A bound against a stall alone: the bench holds the figure.
    expect(await livenessDuring(posting)).toBeLessThan(5_000)
    const { body, location, status } = await posting
    expect(status).toBe(201)
    expect(JSON.parse(body).notice).toMatch(/^Shown as plain text/)
    const page = await (await fetch(location)).text()
    expect(page).toContain("<p>first line</p>")
    expect(page).toContain("[a] [a] [a]")
    const log = await site.logWhen((lines) => lines.some(({ message }) => message.includes("takes too long")))
    expect(log.some(({ message }) => message === "Post created")).toBe(true)
    // The renderer is as well as before.
    const next = await post(token, `**bold** ${"word ".repeat(2_000)}`)
    expect(next.body).toBe("")
    expect(await (await fetch(next.location)).text()).toContain("<strong>bold</strong>")
    const home = await (await fetch(`${site.url}/`)).text()
    expect(home.length).toBeLessThan(100_000)
  })

  it("posts of an earlier version are rendered after the start", async () => {
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    await site.start()
    await post(token, "*one*")
    await site.stop()
    const database = new Database(site.databasePath)
    database.exec("DELETE FROM post_renderings")
    database.close()
    await site.start()
    const log = await site.logWhen((lines) => lines.some(({ message }) => message === "Posts rendered"))
    expect(log.find(({ message }) => message === "Posts rendered")).toMatchObject({ posts: 1 })
    expect(await (await fetch(`${site.url}/`)).text()).toContain("<em>one</em>")
  })
})
