import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Exit, Redacted, Scope } from "effect"
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { crawl } from "../fixtures/Crawl.js"
import * as ObjectStore from "../fixtures/ObjectStore.js"
import * as Postgres from "../fixtures/Postgres.js"
import * as Samples from "../fixtures/Samples.js"
import * as Balancer from "../program/HaProxy.js"
import { Program } from "../program/Program.js"
import { SeveralInstances } from "../program/SeveralInstances.js"
import { blocksOf } from "./GuideBlocks.js"
import * as Nginx from "./Nginx.js"

const isPossible = [Postgres.whyNot, ObjectStore.whyNot, Balancer.whyNot].every((reason) => reason === undefined)

const commands = blocksOf("growing.md")
  .filter(({ kind }) => kind === "growing")
  .map((block) => block.commands)

/** The command of the guide that matches. */
const commandOf = (pattern: RegExp): string => {
  const found = commands.filter((command) => pattern.test(command))
  if (found.length !== 1) throw new Error(`${found.length} commands of the guide match ${pattern}`)
  return found[0] ?? ""
}

/** The guide, followed from one file to three instances behind HAProxy and nginx, and back. */
describe.skipIf(!isPossible)("growing.md", { timeout: 300_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), "starpunk-growing-"))
  const before = getGlobalDispatcher()
  const done = new Set<string>()
  const added: Array<string> = []
  let scope: Scope.CloseableScope
  let balancer: Balancer.HaProxy
  let bucket: ObjectStore.Bucket
  let home: Program
  let three: SeveralInstances
  let databaseUrl: string
  let mediaUrl: string
  let token: string
  let first: ReadonlyMap<string, string>

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    bucket = await Effect.runPromise(ObjectStore.bucket)
    mediaUrl = `s3://${bucket.bucket}/blog`
    const address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
    databaseUrl = writeDatabaseAddress(address, Redacted.value)
    balancer = await Balancer.HaProxy.create()
    setGlobalDispatcher(new Agent({ connect: { ca: balancer.authority } }))
    for (const [name, text] of [
      ["media-key", ObjectStore.owner.accessKeyId],
      ["media-secret", ObjectStore.owner.secretAccessKey],
      ["database-url", databaseUrl]
    ] as const) {
      writeFileSync(join(directory, name), `${text}\n`)
    }
    const settings = {
      STARPUNK_RATE_LIMIT_ENABLED: "false",
      STARPUNK_TRUSTED_PROXIES: "127.0.0.1",
      STARPUNK_MEDIA_ENDPOINT: bucket.endpoint,
      STARPUNK_MEDIA_REGION: "us-east-1",
      STARPUNK_MEDIA_ACCESS_KEY_ID_FILE: join(directory, "media-key"),
      STARPUNK_MEDIA_SECRET_ACCESS_KEY_FILE: join(directory, "media-secret")
    }
    home = await Program.create({ ...settings, STARPUNK_SITE_URL: balancer.url })
    three = await SeveralInstances.create(databaseUrl, 3, { ...settings, STARPUNK_MEDIA_URL: mediaUrl }, balancer)
  })

  afterAll(async () => {
    setGlobalDispatcher(before)
    await home?.dispose()
    await three?.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
    rmSync(directory, { recursive: true, force: true })
  })

  /** Runs a command of the guide with the addresses of this test. */
  const follow = async (command: string, settings: Readonly<Record<string, string>> = {}) => {
    done.add(command)
    const script = command
      .replaceAll("s3://my-bucket/blog", mediaUrl)
      .replaceAll("/var/lib/starpunk", join(home.directory, "data"))
      .replaceAll("/etc/starpunk", directory)
      .replaceAll("/etc/haproxy/haproxy.cfg", balancer.config)
    const { code, stderr, stdout } = await home.shell(script, settings)
    expect(code, stdout + stderr).toBe(0)
    return stdout
  }

  const post = async (at: string, fields: Readonly<Record<string, string>>, photo?: Uint8Array<ArrayBuffer>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ h: "entry", ...fields })) body.append(name, value)
    if (photo !== undefined) body.append("photo", new Blob([photo]), "sea.jpg")
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${at}/micropub`, { method: "POST", headers, body })
    expect(answer.status).toBe(201)
    return new URL(answer.headers.get("location") ?? "").pathname
  }

  const statusesOf = async (at: string, paths: ReadonlyArray<string>) => {
    const statuses = new Set<number>()
    for (const path of paths) statuses.add((await fetch(`${at}${path}`)).status)
    return [...statuses]
  }

  /** Filled in when the bucket is there. */
  const onStore = { STARPUNK_MEDIA_URL: "" }

  it("a site in one file, with notes, an article and photos", async () => {
    onStore.STARPUNK_MEDIA_URL = mediaUrl
    token = (await home.run(["token", "create", "--scope", "create update delete media"])).stdout.trim()
    await home.start()
    for (let serial = 0; serial < 6; serial++) {
      const photo = new Uint8Array(await Samples.photo(400 + serial, 300, 1))
      await post(home.url, { content: `A note with photo ${serial}`, category: "sea" }, photo)
    }
    await post(home.url, { name: "An article", content: "With a note in it." })
    first = await crawl(home.url, balancer.url)
    expect([...first.keys()].filter((path) => path.startsWith("/media/")).length).toBeGreaterThan(11)
    expect([...first.values()].filter((found) => !found.startsWith("200 ") && !found.startsWith("30"))).toEqual([])
  })

  it("its media in the object store, at the same addresses", async () => {
    const move = commandOf(/media move --to s3:/)
    await follow(move)
    await home.stop()
    await follow(move)
    await rm(join(home.directory, "data", "media"), { recursive: true })
    await home.start(onStore)
    expect(await crawl(home.url, balancer.url)).toEqual(first)
    await home.stop()
  })

  it("its data in PostgreSQL", async () => {
    await follow(commandOf(/db move --to "/), onStore)
    const settings = { ...onStore, STARPUNK_DATABASE_URL_FILE: join(directory, "database-url") }
    expect(await follow(commandOf(/doctor/), settings)).toMatch(/^0 failed/m)
  })

  it("three instances behind HAProxy, at the same addresses", async () => {
    await three.start()
    await follow(commandOf(/haproxy -c/))
    expect(await crawl(three.url, balancer.url)).toEqual(first)
    const plain = await fetch(`${balancer.plainUrl}/`, { redirect: "manual" })
    expect(plain.status).toBe(302)
    for (let serial = 0; serial < 6; serial++) {
      added.push(
        await post(three.url, { content: `Through HAProxy ${serial}` }, new Uint8Array(await Samples.png(40, 30)))
      )
    }
    for (const { url } of three.programs) expect(await statusesOf(url, added)).toEqual([200])
    const access = three.programs.flatMap(({ log }) => log).filter((line) => line.path === "/micropub")
    expect(new Set(access.map((line) => line.client_address))).toEqual(new Set(["127.0.0.1"]))
  })

  it.skipIf(!Nginx.isThere)("nginx sends readers of an instance that was killed to another one", async () => {
    const nginx = await Nginx.Nginx.start(
      three.programs.map(({ port }) => port),
      balancer.pem
    )
    try {
      expect(await statusesOf(nginx.url, ["/", ...added])).toEqual([200])
      added.push(await post(nginx.url, { content: "Through nginx" }))
      await three.programs[1]?.stop("SIGKILL")
      expect(await statusesOf(nginx.url, ["/", "/feed.rss", ...added, ...added])).toEqual([200])
      await three.programs[1]?.start()
      await three.inUse(...three.programs)
    } finally {
      await nginx.stop()
    }
  })

  it("everything that was acknowledged while one of them is killed", async () => {
    for (let serial = 0; serial < 12; serial++) {
      if (serial === 4) await three.programs[2]?.stop("SIGKILL")
      const answer = await fetch(`${three.url}/micropub`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: new URLSearchParams({ h: "entry", content: `While one is killed ${serial}` })
      })
      // HAProxy does not repeat a request that the instance may have carried out.
      expect([201, 502, 503, 504]).toContain(answer.status)
      if (answer.status === 201) added.push(new URL(answer.headers.get("location") ?? "").pathname)
    }
    expect(await statusesOf(three.url, added)).toEqual([200])
  })

  it("one file again, with every page, feed and file", async () => {
    const last = await crawl(three.url, balancer.url)
    for (const program of three.programs) await program.stop()
    const file = join(home.directory, "data", "starpunk.db")
    for (const suffix of ["", "-wal", "-shm"]) await rename(file + suffix, `${file}${suffix}.old`).catch(() => {})
    const settings = { ...onStore, STARPUNK_DATABASE_URL_FILE: join(directory, "database-url") }
    await follow(commandOf(/db move --to \//), settings)
    await follow(commandOf(/media move --to \//), onStore)
    await home.start()
    const back = await crawl(home.url, balancer.url)
    expect(back).toEqual(last)
    expect([...first.keys()].filter((path) => !back.has(path))).toEqual([])
    for (const [path, found] of first) if (path.startsWith("/media/")) expect(back.get(path)).toBe(found)
    expect(await statusesOf(home.url, added)).toEqual([200])
  })

  it("every command of the guide was run", () => {
    expect(commands.filter((command) => !done.has(command))).toEqual([])
  })

  it("the guide names the settings of this walk", async () => {
    const text = await readFile(new URL("../../docs/deployment/growing.md", import.meta.url), "utf8")
    for (const name of ["STARPUNK_MEDIA_URL", "STARPUNK_DATABASE_URL_FILE", "STARPUNK_TRUSTED_PROXIES"]) {
      expect(text).toContain(name)
    }
  })
})
