import { type IncomingMessage, request } from "node:http"
import * as zlib from "node:zlib"
import { HttpServer, HttpServerResponse } from "@effect/platform"
import { describe, expect, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layer as layerContentCoding } from "../../../layers/http/ContentCoding.js"
import { ContentCoding } from "../../../src/services/ContentCoding.js"
import { conditional } from "../../../src/web/http/Conditional.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { testServer } from "../../fixtures/TestServer.js"

const { brotliDecompressSync, gunzipSync } = zlib
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: (encoded: Uint8Array) => Uint8Array }

const page = `<!doctype html><title>Long</title>${"<p>The same words again and again.</p>".repeat(200)}`

const html = (text: string) => HttpServerResponse.text(text, { contentType: "text/html; charset=utf-8" })

const routes = Layer.mergeAll(
  Routes.one(publicPage, "GET", "/page", conditional(html(page), { etag: '"v1"' })),
  Routes.one(publicPage, "GET", "/short", conditional(html("<p>Short</p>"))),
  Routes.one(publicPage, "GET", "/negotiated", conditional(HttpServerResponse.setHeader(html(page), "vary", "accept"))),
  Routes.one(publicPage, "GET", "/personal", HttpServerResponse.setHeader(html(page), "cache-control", "no-store")),
  Routes.one(
    publicPage,
    "GET",
    "/picture",
    conditional(HttpServerResponse.uint8Array(new Uint8Array(5_000), { contentType: "image/png" }))
  )
)

layer(testServer(serve(routes)), { excludeTestServices: true })("Compression of responses", (it) => {
  /** As it comes over the wire: most clients undo the encoding before anybody sees it. */
  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
    Effect.flatMap(HttpServer.addressFormattedWith(Effect.succeed), (base) =>
      Effect.promise(async () => {
        const asked = request(`${base}${path}`, { headers, method }).end()
        const response = await new Promise<IncomingMessage>((resolve) => asked.once("response", resolve))
        const chunks: Array<Buffer> = []
        for await (const chunk of response) chunks.push(chunk)
        return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }
      })
    )

  it.effect("gzip and br on request, with the same content", () =>
    Effect.gen(function* () {
      const { body: gzipped } = yield* get("/page", { "accept-encoding": "gzip" })
      expect(gzipped.length).toBeLessThan(page.length / 4)
      expect(gunzipSync(gzipped).toString()).toBe(page)
      expect(brotliDecompressSync((yield* get("/page", { "accept-encoding": "br" })).body).toString()).toBe(page)
    })
  )

  it.effect("none without a request, or if it is refused; `Vary` is set all the same", () =>
    Effect.gen(function* () {
      for (const headers of [
        {},
        ...["identity", "gzip;q=0, br;q=0", "compress"].map((asked) => ({ "accept-encoding": asked }))
      ]) {
        const answer = yield* get("/page", headers)
        expect(answer.headers["content-encoding"], JSON.stringify(headers)).toBeUndefined()
        expect(answer.headers.vary).toBe("accept-encoding")
        expect(answer.headers.etag).toBe('"v1"')
        expect(answer.headers["content-length"]).toBe(String(page.length))
      }
    })
  )

  it.effect.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip;q=1, br;q=0.5", "gzip"],
    ["*", "br"],
    ["GZIP", "gzip"],
    ["br;q=nonsense, gzip", "gzip"]
  ] as const)("%s is answered with %s", ([asked, coding]) =>
    Effect.gen(function* () {
      const answer = yield* get("/page", { "accept-encoding": asked })
      expect(answer.headers["content-encoding"]).toBe(coding)
    })
  )

  it.effect("encoded and plain variants do not share a strong ETag, and both are revalidated", () =>
    Effect.gen(function* () {
      const encoded = yield* get("/page", { "accept-encoding": "br" })
      expect(encoded.headers.etag).toBe('W/"v1"')
      const again = yield* get("/page", { "accept-encoding": "br", "if-none-match": 'W/"v1"' })
      expect(again.status).toBe(304)
      expect(again.headers.etag).toBe('W/"v1"')
      expect(again.headers.vary).toBe("accept-encoding")
      const plain = yield* get("/page", { "if-none-match": '"v1"' })
      expect(plain.status).toBe(304)
      expect(plain.headers.etag).toBe('"v1"')
    })
  )

  it.effect("HEAD has the headers of GET", () =>
    Effect.gen(function* () {
      const [head, whole] = yield* Effect.all([
        get("/page", { "accept-encoding": "gzip" }, "HEAD"),
        get("/page", { "accept-encoding": "gzip" })
      ])
      for (const name of ["content-encoding", "content-length", "etag", "vary", "content-type"]) {
        expect(head.headers[name], name).toBe(whole.headers[name])
      }
    })
  )

  it.effect("short, personal and picture responses stay uncompressed", () =>
    Effect.gen(function* () {
      for (const path of ["/short", "/personal", "/picture"]) {
        expect((yield* get(path, { "accept-encoding": "br" })).headers["content-encoding"], path).toBeUndefined()
      }
      expect((yield* get("/short", { "accept-encoding": "br" })).headers.vary).toBe("accept-encoding")
      expect((yield* get("/personal")).headers.vary).toBeUndefined()
    })
  )

  it.effect("existing values of `Vary` are kept", () =>
    Effect.gen(function* () {
      expect((yield* get("/negotiated")).headers.vary).toBe("accept, accept-encoding")
    })
  )
})

describe("The content codings", () => {
  it.effect("decode to the original content; Zstandard is one of them where the runtime has it", () =>
    Effect.gen(function* () {
      const { codings, encode } = yield* ContentCoding
      const decoders = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync }
      expect(codings.includes("zstd")).toBe(zstdDecompressSync !== undefined)
      const content = new TextEncoder().encode("éß漢🚂".repeat(1000))
      for (const coding of codings) {
        const decode = decoders[coding]
        if (decode === undefined) return yield* Effect.dieMessage(`${coding} cannot be decoded`)
        const encoded = yield* Effect.flatten(encode(coding, content))
        expect(new Uint8Array(decode(encoded))).toEqual(content)
      }
    }).pipe(Effect.provide(layerContentCoding))
  )
})
