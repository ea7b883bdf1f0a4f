import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Redacted, Scope } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import * as Postgres from "../fixtures/Postgres.js"
import * as Samples from "../fixtures/Samples.js"
import { OwnerAtHome, passphrase } from "./OwnerAtHome.js"
import { Program } from "./Program.js"

/** The shipped program, with its site in PostgreSQL. */
describe.skipIf(Postgres.whyNot !== undefined)("a site in PostgreSQL", () => {
  let scope: Scope.CloseableScope
  let url: string
  let site: Program
  let token: string

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    const address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
    url = writeDatabaseAddress(address, Redacted.value)
    site = await Program.create({ STARPUNK_DATABASE_URL: url })
    await site.start()
    const created = await site.run(["token", "create", "--scope", "create update delete media"])
    token = created.stdout.trim()
  })

  afterAll(async () => {
    await site?.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  const micropub = (path: string, body: BodyInit) =>
    fetch(`${site.url}${path}`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body })

  const create = (content: string) => micropub("/micropub", new URLSearchParams({ h: "entry", content }))

  const text = async (path: string) => (await fetch(`${site.url}${path}`)).text()

  it("is taken over by its owner, who logs in", async () => {
    const owner = await OwnerAtHome.of(site)
    expect((await owner.get("/admin/")).status).toBe(200)
  })

  it("takes notes with photos, and shows them on pages, in feeds and in search", async () => {
    const photo = new FormData()
    photo.append("h", "entry")
    photo.append("content", "The sea at Zürich")
    photo.append("photo", new Blob([new Uint8Array(await Samples.photo())]), "sea.jpg")
    const answer = await micropub("/micropub", photo)
    expect(answer.status).toBe(201)
    const { pathname } = new URL(answer.headers.get("location") ?? "")
    const page = await text(pathname)
    expect(page).toContain("The sea at Zürich")
    const [picture] = /\/media\/[^"\s]+/.exec(page) ?? []
    expect((await fetch(`${site.url}${picture}`)).status).toBe(200)
    for (const path of ["/", "/feed.rss", "/feed.atom", "/feed.json"]) expect(await text(path)).toContain("Zürich")
    expect(JSON.parse(await text("/api/search?q=zurich"))).toMatchObject({ total: 1, engine: "trigram" })
  })

  it("gives its owner everything as one file", async () => {
    const login = OwnerAtHome.stranger(site)
    await login.get("/auth/login")
    expect((await login.post("/auth/login", { passphrase })).status).toBe(303)
    const answer = await login.get("/admin/data/everything.zip")
    expect(answer.status).toBe(200)
    const archive = await mkdtemp(join(tmpdir(), "starpunk-everything-"))
    await writeFile(join(archive, "everything.zip"), new Uint8Array(await answer.arrayBuffer()))
    const { code, stdout } = await site.run(["import", "--dry-run", join(archive, "everything.zip")])
    expect([code, stdout]).toEqual([0, expect.stringContaining("Already imported: 1 post")])
    await rm(archive, { recursive: true })
  })

  it("shows each change at once, also one that a command made", async () => {
    expect((await create("Shown at once")).status).toBe(201)
    expect(await text("/")).toContain("Shown at once")
    const { stdout } = await site.run(["token", "list", "--json"])
    const [{ id }] = JSON.parse(stdout).tokens
    expect(id).toBeDefined()
  })

  it("names its engine in the health report and in the log, and its password nowhere", async () => {
    const { stdout } = await site.run(["config", "show"], {
      STARPUNK_DATABASE_URL: "postgres://ada:hunter2@db.invalid/blog"
    })
    expect(stdout).toContain("postgres://ada:…@db.invalid/blog")
    const shown = await site.run(["doctor"], { STARPUNK_DATABASE_URL: "postgres://ada:hunter2@127.0.0.1:1/blog" })
    expect(shown.stdout + shown.stderr).toContain("unreachable")
    expect(stdout + shown.stdout + shown.stderr).not.toContain("hunter2")
    const doctor = await site.run(["doctor", "--json"])
    expect(doctor.stdout).toContain("database.server")
    expect(
      JSON.parse(doctor.stdout).findings.filter(({ severity }: { severity: string }) => severity === "fail")
    ).toEqual([])
  })

  it.each([
    ["backup", "b.tar"],
    ["restore", "b.tar"],
    ["db", "check"],
    ["db", "optimize"],
    ["db", "new"]
  ])("refuses `%s %s`, which is for files, and says what to do instead", async (...args) => {
    const { code, stderr } = await site.run(args)
    expect(code).toBe(1)
    expect(stderr).toContain("maintenance.database_on_server")
  })

  it("answers 503 with advice while the database is stopped, and works again without a restart", async () => {
    expect((await create("Before the stop")).status).toBe(201)
    Postgres.stopServer()
    const refused = await until(
      () => create("Refused"),
      ({ status }) => status !== 201
    )
    expect(refused.status).toBe(503)
    expect(refused.headers.get("retry-after")).not.toBeNull()
    expect((await fetch(`${site.url}/health/live`)).status).toBe(200)
    Postgres.startServer()
    const taken = await until(
      () => create("After the start"),
      ({ status }) => status === 201
    )
    expect(taken.status).toBe(201)
    await until(
      () => text("/"),
      (page) => page.includes("After the start") && page.includes("Before the stop")
    )
  })

  it("loses nothing that it acknowledged when it is killed in the middle of writes", async () => {
    const acknowledged: Array<string> = []
    let isKilled = false
    const writer = async (number: number) => {
      for (let serial = 0; !isKilled; serial++) {
        const answer = await create(`Note ${number} of ${serial}`).catch(() => undefined)
        if (answer?.status === 201) acknowledged.push(answer.headers.get("location") ?? "")
      }
    }
    const writers = [1, 2, 3, 4].map(writer)
    await until(
      async () => acknowledged.length,
      (count) => count >= 20
    )
    await site.stop("SIGKILL")
    isKilled = true
    await Promise.all(writers)
    await site.start()
    for (const address of acknowledged) expect((await fetch(address)).status, address).toBe(200)
  })

  it("moves into a file and back, and its exports are the same", async () => {
    const inUse = await site.run(["db", "move", "--to", "moved.db"])
    expect(inUse.stderr).toContain("maintenance.move_refused")
    await site.stop()
    const other = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
    const otherUrl = writeDatabaseAddress(other, Redacted.value)
    const inFile = (name: string) => ({ STARPUNK_DATABASE_URL: "", STARPUNK_DATABASE_PATH: join(site.directory, name) })
    const steps = [
      [["db", "move", "--to", "moved.db"], {}],
      [["export", "first"], inFile("moved.db")],
      [["db", "move", "--to", otherUrl], inFile("moved.db")],
      [["db", "move", "--to", "again.db"], { STARPUNK_DATABASE_URL: otherUrl }],
      [["export", "second"], inFile("again.db")]
    ] as const
    for (const [args, settings] of steps) {
      const { code, stderr } = await site.run(args, settings)
      expect([code, stderr], args.join(" ")).toEqual([0, ""])
    }
    expect((await site.shell("diff -r first second")).stdout).toBe("")
    const taken = await site.run(["db", "move", "--to", otherUrl], inFile("again.db"))
    expect(taken.stderr).toContain("holds a site already")
    await site.start()
  })

  it("does not start on a database of another program, or without one", async () => {
    for (const [wrong, reason] of [
      [url.replace(/localhost\/[^?]*/, "localhost/nowhere"), "database missing"],
      ["postgres://starpunk@127.0.0.1:1/blog", "unreachable"]
    ] as const) {
      const { code, stderr } = await site.run(["serve"], { STARPUNK_DATABASE_URL: wrong })
      expect(code, wrong).toBe(1)
      expect(stderr).toContain(reason)
      expect(stderr).toContain("startup.database_not_opened")
    }
    const { code } = await site.run(["serve"], { STARPUNK_DATABASE_URL: "postgres://ada@db.example" })
    expect(code).toBe(78)
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
