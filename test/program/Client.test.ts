import { randomUUID } from "node:crypto"
import { Effect, Exit, Redacted, Scope } from "effect"
import { Micropub } from "micropub-helper"
import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import * as Postgres from "../fixtures/Postgres.js"
import { OwnerAtHome } from "./OwnerAtHome.js"
import { Program } from "./Program.js"
import { SeveralInstances } from "./SeveralInstances.js"

/** A server, and three of them on one database, of which each gets the request after the one before. */
const sites = [
  {
    name: "one server",
    isPossible: true,
    make: async () => ({ site: await Program.create({}), after: async () => {} })
  },
  {
    name: "three instances without stickiness",
    isPossible: Postgres.whyNot === undefined,
    make: async () => {
      const scope = await Effect.runPromise(Scope.make())
      const address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
      return {
        site: await SeveralInstances.create(writeDatabaseAddress(address, Redacted.value), 3),
        after: () => Effect.runPromise(Scope.close(scope, Exit.void))
      }
    }
  }
]

/** A third-party client library (micropub-helper), as an app uses it, with the site's address only. */
describe.each(sites.filter(({ isPossible }) => isPossible))("micropub-helper with $name", ({ make }) => {
  let site: Program | SeveralInstances
  let after: () => Promise<void>
  let client: Micropub
  const clientId = "http://localhost:18321/"
  const redirectUri = "http://localhost:18321/callback"

  beforeAll(async () => {
    // The library compares host names, so the site has one.
    const made = await make()
    site = made.site
    after = made.after
    await site.start()
  })

  afterAll(async () => {
    await site?.dispose()
    await after?.()
  })

  const page = async (url: string) => {
    const response = await fetch(url)
    return { status: response.status, text: await response.text() }
  }

  it("finds the endpoints, signs in through the owner's consent, and gets a token", async () => {
    const owner = await OwnerAtHome.of(site)
    const state = randomUUID()
    client = new Micropub({
      me: `${site.url}/`,
      clientId,
      redirectUri,
      state,
      scope: "create update delete undelete media"
    })
    const authorizationUrl = await client.getAuthUrl()
    const back = await owner.allow(authorizationUrl)
    expect(back.origin + back.pathname).toBe(redirectUri)
    expect(back.searchParams.get("state")).toBe(state)
    expect(back.searchParams.get("iss")).toBe(`${site.url}/`)
    const token = await client.getToken(back.searchParams.get("code") ?? "")
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await client.verifyToken()).toBe(true)
  })

  it.each(["json", "form", "multipart"] as const)("creates a note (%s)", async (encoding) => {
    const words = `Written by a library as ${encoding}`
    const note =
      encoding === "json"
        ? { type: ["h-entry"], properties: { content: [words], category: ["one", "two"] } }
        : { h: "entry", content: words, category: ["one", "two"] }
    const url = await client.create(note, encoding)
    expect(url).toMatch(new RegExp(`^${site.url}/notes/`))
    const { status, text } = await page(url)
    expect(status).toBe(200)
    expect(text).toContain(words)
    expect(text).toContain("/tag/two")
  })

  it("updates, deletes and restores it", async () => {
    const url = await client.create({ type: ["h-entry"], properties: { content: ["First"], category: ["old"] } })
    await client.update(url, {
      replace: { content: ["Second"] },
      add: { category: ["new"] },
      delete: { category: ["old"] }
    })
    const source = await client.querySource(url)
    expect(source).toMatchObject({ properties: { content: ["Second"], category: ["new"] } })
    await client.delete(url)
    expect((await page(url)).status).toBe(410)
    await client.undelete(url)
    expect(await page(url)).toMatchObject({ status: 200, text: expect.stringContaining("Second") })
  })

  it("queries the site's features, uploads a picture, and posts it", async () => {
    const config = await client.query("config")
    expect(config).toMatchObject({ "media-endpoint": `${site.url}/micropub/media`, "syndicate-to": [] })
    expect(await client.query("syndicate-to")).toEqual({ "syndicate-to": [] })
    expect(await client.querySource({ limit: 2 })).toMatchObject({ items: [{}, {}] })
    client.options = { mediaEndpoint: `${site.url}/micropub/media` }
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "teal" } })
      .jpeg()
      .toBuffer()
    const photo = await client.postMedia(new File([new Uint8Array(picture)], "sea.jpg", { type: "image/jpeg" }))
    const shown = await fetch(photo)
    expect(shown.headers.get("content-type")).toBe("image/jpeg")
    await shown.arrayBuffer()
    const url = await client.create({
      type: ["h-entry"],
      properties: { content: ["The sea"], photo: [{ value: photo, alt: "A teal sea" }] }
    })
    expect((await page(url)).text).toContain('alt="A teal sea"')
  })

  it("gets the reason for a refusal", async () => {
    const stranger = new Micropub({ micropubEndpoint: `${site.url}/micropub`, token: "a".repeat(43) })
    await expect(stranger.query("config")).rejects.toMatchObject({ status: 401 })
    const log = await site.logWhen((lines) => lines.some(({ error_code }) => error_code === "auth.token_invalid"))
    expect(log.some(({ route }) => route === "/micropub")).toBe(true)
  })
})
