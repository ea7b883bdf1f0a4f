import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Samples from "../fixtures/Samples.js"
import { Program } from "./Program.js"

describe("media, in the shipped program", () => {
  let site: Program
  let token: string

  const megabyte = new Uint8Array(1_000_000)

  const filmOf = (megabytes: number) => {
    const mdat = new Uint8Array(Samples.box("mdat"))
    new DataView(mdat.buffer).setUint32(0, mdat.length + megabytes * megabyte.length)
    return new Blob([new Uint8Array(Samples.film()), mdat, ...Array.from({ length: megabytes }, () => megabyte)])
  }

  // Made before any request, because this takes so long that the server closes idle connections meanwhile.
  const films = { short: filmOf(80), long: filmOf(160) }

  beforeAll(async () => {
    site = await Program.create({ STARPUNK_MEDIA_MAX_SIZE: "300" })
    token = (await site.run(["token", "create", "--scope", "create media"])).stdout.trim()
    await site.start()
  })

  afterAll(() => site.dispose())

  const upload = (content: Blob) => {
    const body = new FormData()
    body.append("file", content, "photo.jpg")
    return fetch(`${site.url}/micropub/media`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body })
  }

  /** The server's resident memory, in bytes. */
  const resident = async () => {
    const status = await readFile(`/proc/${site.pid}/status`, "utf8")
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  }

  const held = async () => {
    const entries = await readdir(join(site.directory, "data", "media"), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  }

  it("accepts a photo, shows it and its renderings, and keeps nothing else of it", async () => {
    const answer = await upload(new Blob([new Uint8Array(await Samples.photo())]))
    expect(answer.status, await answer.text()).toBe(201)
    const location = answer.headers.get("location") ?? ""
    expect(location).toMatch(new RegExp(`^${site.url}/media/[0-9a-f]{32}-1200x1600\\.jpg$`))
    const file = await fetch(location)
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/jpeg"])
    const bytes = Buffer.from(await file.arrayBuffer())
    for (const secret of Samples.secrets) expect(bytes.includes(secret)).toBe(false)
    const small = await fetch(location.replace("-1200x1600.jpg", "-320x427.webp"))
    expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/webp"])
    await small.arrayBuffer()
    expect(await held()).toBe(3)
  })

  it("refuses files that are no picture, with the reason", async () => {
    const answer = await upload(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: "image/png" }))
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({ code: "media.unsupported" })
  })

  /** Uploads a film and reads it back. */
  const pass = async (film: Blob) => {
    const answer = await upload(film)
    expect(answer.status, await answer.text()).toBe(201)
    const watched = await fetch(answer.headers.get("location") ?? "")
    let size = 0
    await watched.body?.pipeTo(
      new WritableStream({
        write: (chunk) => {
          size += chunk.length
        }
      })
    )
    expect(size).toBe(film.size)
  }

  it("does not grow with the size of a video upload or playback", { timeout: 120_000 }, async () => {
    // V8 frees the buffers of the network only after 100 MB (Node 20) or 160 MB (Node 24), so the first film costs that much.
    await pass(films.short)
    const before = await resident()
    await pass(films.long)
    // Buffered completely, it would be twice the film.
    expect((await resident()) - before).toBeLessThan(120_000_000)
  })
})
