import { Effect, Exit, Redacted, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { codeAt } from "../../src/domain/login/OneTimeCode.js"
import { type DatabaseAddress, writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { fieldsIn } from "../fixtures/HtmlForm.js"
import * as Postgres from "../fixtures/Postgres.js"
import * as Samples from "../fixtures/Samples.js"
import { OwnerAtHome, passphrase } from "./OwnerAtHome.js"
import type { Program } from "./Program.js"
import { redeemAtAll } from "./Redemption.js"
import { SeveralInstances } from "./SeveralInstances.js"

const healthToken = "a-token-for-prometheus-and-nobody-else"

/** Authorization codes to redeem: a few, since the fault suite redeems many. */
const codes = 5

/** Three instances of the shipped program on one database. Each request goes to another one. */
describe.skipIf(Postgres.whyNot !== undefined)("three instances of a site", () => {
  let scope: Scope.CloseableScope
  let address: DatabaseAddress
  let site: SeveralInstances
  let owner: OwnerAtHome
  let token: string

  const outside = (statement: string) => Effect.runPromise(Postgres.fromOutside(address, statement))

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
    site = await SeveralInstances.create(writeDatabaseAddress(address, Redacted.value), 3, {
      STARPUNK_HEALTH_TOKEN: healthToken
    })
    await site.start()
    const [first] = site.programs
    token = ((await first?.run(["token", "create", "--scope", "create update delete media"]))?.stdout ?? "").trim()
  })

  afterAll(async () => {
    await site?.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  const create = (content: string, at: string = site.url) =>
    fetch(`${at}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ h: "entry", content })
    })

  const text = async (url: string) => (await fetch(url)).text()

  const logged = (message: string) => site.programs.flatMap(({ log }) => log.filter((line) => line.message === message))

  /** The instance that does the background work, by its own report. */
  const leader = () =>
    until(
      async (): Promise<Program | undefined> => {
        for (const program of site.programs) {
          const answer = await fetch(`${program.url}/health/ready`).catch(() => undefined)
          const report = await answer?.json()
          if (report?.checks.instances?.leads === true) return program
        }
      },
      (program) => program !== undefined
    )

  it("log one setup link, which opens the site at any of them", async () => {
    await until(
      async () => logged("This site has no owner yet: open the setup link to finish setup"),
      (lines) => lines.length > 0
    )
    const links = logged("This site has no owner yet: open the setup link to finish setup")
    expect(links).toHaveLength(1)
    owner = await OwnerAtHome.by(site, String(links[0]?.setup_link))
    for (let request = 0; request < 6; request++) expect((await owner.get("/admin/")).status).toBe(200)
  })

  it("show what one of them acknowledged, pages from the cache included", async () => {
    for (let round = 0; round < 3; round++) {
      for (const { url } of site.programs) await text(`${url}/`)
      const content = `Round ${round}`
      const answer = await create(content)
      expect(answer.status).toBe(201)
      const { pathname } = new URL(answer.headers.get("location") ?? "")
      for (const { url } of site.programs) {
        const seen = await within(
          1_000,
          () => text(`${url}/`),
          (page) => page.includes(content)
        )
        expect(seen, url).toBe(true)
        expect((await fetch(`${url}${pathname}`)).status).toBe(200)
      }
    }
  })

  it("show it within the documented second when notices are cut", async () => {
    const listening = `application_name = 'starpunk reader' AND query LIKE '%content_revision%'`
    for (const { url } of site.programs) await text(`${url}/`)
    await outside("ALTER TABLE posts DISABLE TRIGGER USER")
    await outside(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${listening} AND pid <> pg_backend_pid()`
    )
    expect((await create("Without notices")).status).toBe(201)
    await outside("UPDATE content_revision SET count = count + 1")
    await outside("ALTER TABLE posts ENABLE TRIGGER USER")
    for (const { url } of site.programs) {
      const seen = await within(
        2_000,
        () => text(`${url}/`),
        (page) => page.includes("Without notices")
      )
      expect(seen, url).toBe(true)
    }
  })

  it("serve each other's media", async () => {
    const body = new FormData()
    body.append("h", "entry")
    body.append("content", "With a photo")
    body.append("photo", new Blob([new Uint8Array(await Samples.photo())]), "sea.jpg")
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${site.url}/micropub`, { method: "POST", headers, body })
    expect(answer.status).toBe(201)
    const [picture] = /\/media\/[^"\s]+/.exec(await text(answer.headers.get("location") ?? "")) ?? []
    for (const { url } of site.programs) expect((await fetch(`${url}${picture}`)).status, url).toBe(200)
  })

  it("give one token for a code that is redeemed at all of them at once", async () => {
    for (let round = 0; round < codes; round++) {
      const { statuses, tokens } = await redeemAtAll(site, owner, round)
      expect(tokens).toHaveLength(1)
      expect(statuses.toSorted()).toEqual([200, 400, 400])
    }
  })

  it("continue a login that another one began, with passphrase and code", async () => {
    const page = await (await owner.get("/admin/security/codes")).text()
    const secret = /name="secret" value="([A-Z2-7]{32})"/.exec(page)?.[1] ?? ""
    const codeNow = (later = 0) => Effect.runPromise(codeAt(Redacted.make(secret), Date.now() + later))
    expect((await owner.post("/admin/security/codes", { secret, code: await codeNow() })).status).toBe(200)
    const browser = OwnerAtHome.stranger(site)
    expect((await browser.post("/auth/login", { passphrase })).status).toBe(303)
    // The code of the next half minute: each is valid once.
    expect((await browser.post("/auth/login/code", { code: await codeNow(30_000) })).status).toBe(303)
    for (let request = 0; request < 3; request++) expect((await browser.get("/admin/")).status).toBe(200)
    expect((await browser.post("/auth/logout", {})).status).toBe(303)
    for (let request = 0; request < 3; request++) expect((await browser.get("/admin/")).status).not.toBe(200)
  })

  it("count guesses of the passphrase together", async () => {
    const statuses: Array<number> = []
    for (let guess = 0; guess < 12; guess++) {
      statuses.push((await OwnerAtHome.stranger(site).post("/auth/login", { passphrase: `wrong ${guess}` })).status)
    }
    expect(statuses.filter((status) => status !== 429)).toHaveLength(10)
  })

  it("create one post from a form that is sent to all of them at once", async () => {
    const form = new URLSearchParams(fieldsIn(await (await owner.get("/admin/new")).text()))
    form.set("content", "Sent three times")
    form.set("intent", "publish")
    const answers = await Promise.all(site.programs.map(() => owner.post("/admin/new", form)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    const found = await JSON.parse(await text(`${site.url}/api/search?q=%22sent+three+times%22`))
    expect(found.total).toBe(1)
  })

  it("name themselves in each line of the log, in health reports and in metrics", async () => {
    const scraped: Array<string> = []
    for (const { log, url } of site.programs) {
      const { checks } = await (await fetch(`${url}/health/ready`)).json()
      const name = checks.instances.instance
      expect(log.filter(({ instance }) => instance !== name)).toEqual([])
      const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${healthToken}` } })
      const metrics = await answer.text()
      expect(metrics).toContain(`starpunk_instance_info{name="${name}"} 1`)
      scraped.push(...metrics.split("\n").filter((line) => line.startsWith("starpunk_leader ")))
    }
    expect(site.programs.map(({ log }) => log[0]?.instance)).toEqual(["blog-1", "blog-2", "blog-3"])
    expect(scraped.toSorted()).toEqual(["starpunk_leader 0", "starpunk_leader 0", "starpunk_leader 1"])
  })

  it("refuse nobody while they are restarted one after the other", async () => {
    const failed: Array<string> = []
    let answered = 0
    let isOver = false
    // Requests at any moment of a restart, but not so many that they slow it down.
    const pause = () => new Promise((resolve) => setTimeout(resolve, 40))
    const reader = async (path: string) => {
      while (!isOver) {
        const status = await fetch(`${site.url}${path}`).then(
          async (answer) => {
            await answer.arrayBuffer()
            return answer.status
          },
          (error) => String(error)
        )
        if (status === 200) answered++
        else failed.push(`${path}: ${status}`)
        await pause()
      }
    }
    const writer = async () => {
      for (let serial = 0; !isOver; serial++) {
        const answer = await create(`While restarting, ${serial}`).catch(String)
        if (typeof answer === "string" || answer.status !== 201) failed.push(`create: ${answer}`)
        else answered++
        await pause()
      }
    }
    const load = [reader("/"), reader("/feed.atom"), reader("/api/search?q=round"), writer()]
    for (const program of site.programs) {
      expect(await program.stop()).toBe(0)
      await program.start()
      await site.inUse(program)
    }
    isOver = true
    await Promise.all(load)
    expect(failed).toEqual([])
    expect(answered).toBeGreaterThan(100)
  })

  it("report settings that differ, in the log, in health and in doctor", async () => {
    const [one, other] = site.programs
    await other?.stop()
    await other?.start({ STARPUNK_SESSION_TIMEOUT: "86400" })
    const warned = await one?.logWhen((log) =>
      log.some(({ message }) => message === "Another instance has other settings")
    )
    expect(warned?.findLast(({ message }) => message === "Another instance has other settings")).toMatchObject({
      other: "blog-2",
      settings: ["STARPUNK_SESSION_TIMEOUT"]
    })
    const health = await until(
      async () => (await fetch(`${one?.url}/health/ready`)).json(),
      ({ status }) => status === "degraded"
    )
    expect(health.checks.instances).toMatchObject({
      instance: "blog-1",
      count: 3,
      status: "degraded",
      reason: "settings_differ",
      settings: "STARPUNK_SESSION_TIMEOUT"
    })
    const doctor = await one?.run(["doctor", "--json"])
    const { findings } = JSON.parse(doctor?.stdout ?? "")
    expect(findings.find(({ code }: { code: string }) => code === "database.sharing")).toMatchObject({
      severity: "warn",
      message: expect.stringContaining("STARPUNK_SESSION_TIMEOUT")
    })
    await other?.stop()
    await other?.start()
    await site.inUse(...site.programs)
  })

  it("let no other site into their database", async () => {
    const [one] = site.programs
    const { code, stderr } = (await one?.run(["serve"], {
      STARPUNK_SITE_URL: "https://other.example",
      STARPUNK_PORT: "0"
    })) ?? { code: 0, stderr: "" }
    expect(code).toBe(1)
    expect(stderr).toContain("startup.site_elsewhere")
    expect(stderr).toContain(site.url)
  })

  it("lose nothing acknowledged when one is killed, and another does the background work", async () => {
    const killed = await leader()
    const acknowledged: Array<string> = []
    let isOver = false
    const writer = async (number: number) => {
      for (let serial = 0; !isOver; serial++) {
        const answer = await create(`Note ${serial} of ${number}`).catch(() => undefined)
        if (answer?.status === 201) acknowledged.push(answer.headers.get("location") ?? "")
      }
    }
    const writers = [1, 2, 3].map(writer)
    await until(
      async () => acknowledged.length,
      (count) => count >= 20
    )
    await killed?.stop("SIGKILL")
    const after = acknowledged.length
    await until(
      async () => acknowledged.length,
      (count) => count >= after + 20
    )
    isOver = true
    await Promise.all(writers)
    for (const address of acknowledged) expect((await fetch(address)).status, address).toBe(200)
    expect(await leader()).not.toBe(killed)
    await killed?.start()
    await site.inUse(...site.programs)
  })
})

/** Repeats until it holds. */
const until = async <A>(get: () => Promise<A>, holds: (value: A) => boolean): Promise<A> => {
  for (;;) {
    const value = await get()
    if (holds(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Whether it holds within a time in milliseconds. */
const within = async <A>(millis: number, get: () => Promise<A>, holds: (value: A) => boolean): Promise<boolean> => {
  const end = performance.now() + millis
  do {
    if (holds(await get())) return true
  } while (performance.now() < end)
  return false
}
