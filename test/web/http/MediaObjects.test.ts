import { HttpServer } from "@effect/platform"
import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { mediaSite } from "../../fixtures/MediaSite.js"
import { pathOf, tokenFor } from "../../fixtures/MicropubSite.js"
import * as ObjectStore from "../../fixtures/ObjectStore.js"
import * as Samples from "../../fixtures/Samples.js"
import { ask } from "../../fixtures/TestServer.js"

const siteOver = (publicUrl: Option.Option<string>) =>
  Layer.unwrapScoped(
    Effect.map(ObjectStore.bucket, ({ settings }) => mediaSite({ objectStore: { ...settings, publicUrl } }))
  )

const fetched = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  Effect.flatMap(HttpServer.HttpServer, ({ address }) =>
    Effect.promise(async () => {
      const base = address._tag === "TcpAddress" ? `http://127.0.0.1:${address.port}` : ""
      const response = await fetch(`${base}${path}`, { method, headers, redirect: "manual" })
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
    })
  )

const uploaded = Effect.gen(function* () {
  const token = yield* tokenFor("media", "delete")
  const body = new FormData()
  body.append("file", new Blob([new Uint8Array(yield* Effect.promise(() => Samples.photo(700, 500, 1)))]), "a.jpg")
  const answer = yield* ask("/micropub/media", { method: "POST", headers: { authorization: `Bearer ${token}` }, body })
  expect(answer.status, answer.body).toBe(201)
  return { token, path: pathOf(answer.headers.get("location") ?? "") }
})

describe.skipIf(ObjectStore.whyNot !== undefined)("media in an object store", () => {
  layer(siteOver(Option.none()), { excludeTestServices: true })("passed on", (it) => {
    it.effect("are sent whole, in part, and not again, as from a directory", () =>
      Effect.gen(function* () {
        const { path, token } = yield* uploaded
        const whole = yield* fetched(path)
        expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "image/jpeg"])
        expect(whole.headers.get("content-length")).toBe(String(whole.bytes.length))
        expect(whole.headers.get("cache-control")).toContain("immutable")
        const etag = whole.headers.get("etag") ?? ""
        expect((yield* fetched(path, { "if-none-match": etag })).status).toBe(304)
        const part = yield* fetched(path, { range: "bytes=100-199", "if-range": etag })
        expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-199/${whole.bytes.length}`])
        expect(part.bytes.equals(whole.bytes.subarray(100, 200))).toBe(true)
        expect((yield* fetched(path, { range: "bytes=9999999-" })).status).toBe(416)
        const head = yield* fetched(path, {}, "HEAD")
        expect([head.status, head.headers.get("content-length")]).toEqual([200, String(whole.bytes.length)])
        const form = new URLSearchParams({ action: "delete", url: path })
        const gone = yield* ask("/micropub/media", {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
          body: form.toString()
        })
        expect(gone.status, gone.body).toBe(204)
        expect((yield* fetched(path)).status).toBe(404)
      })
    )
  })

  layer(siteOver(Option.some("https://media.example/blog")), { excludeTestServices: true })(
    "with a public address",
    (it) => {
      it.effect("are redirected to it, if they exist", () =>
        Effect.gen(function* () {
          const { path } = yield* uploaded
          const name = path.slice("/media/".length)
          const answer = yield* fetched(path)
          expect([answer.status, answer.headers.get("location")]).toEqual([
            302,
            `https://media.example/blog/${name.slice(0, 2)}/${name}`
          ])
          expect(answer.headers.get("cache-control")).toBe("public, max-age=300")
          expect((yield* fetched(`/media/${"0".repeat(32)}-1x1.jpg`)).status).toBe(404)
        })
      )
    }
  )
})
