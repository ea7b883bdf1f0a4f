import { renameSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { HttpServer } from "@effect/platform"
import { describe, expect, layer } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import sharp from "sharp"
import type { Scope } from "../../../src/domain/indieauth/Scope.js"
import { Settings } from "../../../src/settings/Config.js"
import { filesHeld, mediaSite } from "../../fixtures/MediaSite.js"
import { formType, pathOf, refusal, tokenFor } from "../../fixtures/MicropubSite.js"
import * as Samples from "../../fixtures/Samples.js"
import { accessLines, ask, askAndLeave } from "../../fixtures/TestServer.js"

const base = Effect.map(HttpServer.HttpServer, ({ address }) =>
  address._tag === "TcpAddress" ? `http://127.0.0.1:${address.port}` : ""
)

/** As `ask`, with the body as bytes. */
const fetched = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  Effect.flatMap(base, (base) =>
    Effect.promise(async () => {
      const response = await fetch(`${base}${path}`, { method, headers })
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
    })
  )

const formOf = (bytes: Uint8Array, filename = "photo.jpg", type = "image/jpeg", part = "file") => {
  const form = new FormData()
  form.append(part, new Blob([new Uint8Array(bytes)], { type }), filename)
  return form
}

const send = (token: string, body: FormData | string, headers: Record<string, string> = {}) =>
  ask("/micropub/media", { method: "POST", headers: { authorization: `Bearer ${token}`, ...headers }, body })

const upload = (token: string, bytes: Uint8Array, filename?: string, type?: string) =>
  Effect.map(send(token, formOf(bytes, filename, type)), ({ body, headers, status }) => {
    expect(status, body).toBe(201)
    return headers.get("location") ?? ""
  })

const query = (token: string, parameters: string) =>
  ask(`/micropub/media?${parameters}`, { headers: { authorization: `Bearer ${token}`, accept: "application/json" } })

const client = (...scopes: ReadonlyArray<Scope>) => tokenFor(...(scopes.length === 0 ? ["media" as const] : scopes))

const made = (bytes: Promise<Buffer>) => Effect.promise(() => bytes)

/** Waits until the site holds exactly what it held before. */
const holdsAgain = (before: ReadonlyArray<string>) =>
  Effect.repeat(filesHeld, {
    until: (files) => files.join() === before.join(),
    schedule: Schedule.spaced("5 millis").pipe(Schedule.upTo("10 seconds"))
  }).pipe(
    Effect.zipRight(filesHeld),
    Effect.map((files) => expect(files).toEqual(before))
  )

layer(mediaSite(), { excludeTestServices: true })("media", (it) => {
  describe("micropub.rocks", () => {
    it.effect.each([
      ["700: upload a jpg to the Media Endpoint", () => Samples.photo(), "image/jpeg", "sunset.jpg"],
      ["701: upload a png to the Media Endpoint", () => Samples.png(), "image/png", "micropub-rocks.png"],
      ["702: upload a gif to the Media Endpoint", () => Samples.animatedGif(), "image/gif", "w3c-socialwg.gif"]
    ] as const)("%s", ([, make, type, filename]) =>
      Effect.gen(function* () {
        const token = yield* client("create", "media")
        const config = yield* ask("/micropub?q=config", {
          headers: { authorization: `Bearer ${token}`, accept: "application/json" }
        })
        expect(config.status).toBe(200)
        const endpoint = new URL(JSON.parse(config.body)["media-endpoint"])
        expect(endpoint.pathname).toBe("/micropub/media")
        const location = yield* upload(token, yield* made(make()), filename, type)
        expect(location).toMatch(/^https:\/\/me\.example\/media\/[0-9a-f]{32}-\d+x\d+\.(?:jpg|png|gif)$/)
        const file = yield* fetched(pathOf(location))
        expect([file.status, file.headers.get("content-type")]).toEqual([200, type])
      })
    )
  })

  describe("uploading", () => {
    it.effect("accepts a token in the header, or in the form before the file, with the scope media or create", () =>
      Effect.gen(function* () {
        const png = yield* made(Samples.png())
        for (const scope of ["media", "create"] as const) yield* upload(yield* client(scope), png)
        const inForm = new FormData()
        inForm.append("access_token", yield* client("media"))
        inForm.append("file", new Blob([new Uint8Array(png)]), "a.png")
        const { body, status } = yield* ask("/micropub/media", { method: "POST", body: inForm })
        expect(status, body).toBe(201)
      })
    )

    it.effect(
      "C1: accepts the same token in the header and in the form; refuses another one behind the file and stores nothing",
      () =>
        Effect.gen(function* () {
          const token = yield* client("media")
          const png = new Blob([new Uint8Array(yield* made(Samples.png()))])
          const both = (field: string, isFirst: boolean) => {
            const form = new FormData()
            if (isFirst) form.append("access_token", field)
            form.append("file", png, "a.png")
            if (!isFirst) form.append("access_token", field)
            return form
          }
          expect((yield* send(token, both(token, true))).status).toBe(201)
          expect((yield* send(token, both(token, false))).status).toBe(201)
          const before = yield* filesHeld
          expect(refusal(yield* send(token, both(yield* client("media"), false))).code).toBe("auth.token_ambiguous")
          const late = refusal(yield* ask("/micropub/media", { method: "POST", body: both(token, false) }))
          expect(late).toMatchObject({ status: 401, code: "auth.token_missing" })
          expect(late.description).toContain("before the first file")
          expect(yield* filesHeld).toEqual(before)
        })
    )

    it.effect("refuses a client without the right, before anything is stored", () =>
      Effect.gen(function* () {
        const before = yield* filesHeld
        const form = () => formOf(Buffer.alloc(100_000))
        const none = yield* ask("/micropub/media", { method: "POST", body: form() })
        expect(refusal(none)).toMatchObject({ status: 401, error: "unauthorized" })
        expect(none.headers.get("www-authenticate")).toMatch(/^Bearer/)
        expect(refusal(yield* send("x".repeat(43), form()))).toMatchObject({ status: 401, error: "invalid_token" })
        const scope = yield* send(yield* client("update"), form())
        expect(refusal(scope)).toMatchObject({ status: 403, error: "insufficient_scope" })
        const both = new FormData()
        both.append("access_token", "y".repeat(43))
        both.append("file", new Blob(["x"]), "a.png")
        expect(refusal(yield* send(yield* client("media"), both))).toMatchObject({
          status: 400,
          error: "invalid_request"
        })
        expect(yield* filesHeld).toEqual(before)
      })
    )

    it.effect.each(Object.entries(Samples.strangers))("refuses %s sent as a picture", ([, bytes]) =>
      Effect.gen(function* () {
        const before = yield* filesHeld
        const answer = yield* send(yield* client(), formOf(bytes, "photo.png", "image/png"))
        const { code, description, error, status } = refusal(answer)
        expect({ code, error, status }).toEqual({ code: "media.unsupported", error: "invalid_request", status: 415 })
        expect(description).toContain("JPEG")
        expect(yield* filesHeld).toEqual(before)
      })
    )

    it.effect("refuses empty, damaged, too large and too many files, with the reason", () =>
      Effect.gen(function* () {
        const before = yield* filesHeld
        const token = yield* client()
        const codeOf = (body: FormData | string, headers?: Record<string, string>) =>
          Effect.map(send(token, body, headers), (answer) => {
            const { code, status } = refusal(answer)
            return `${status} ${code}`
          })
        const photo = yield* made(Samples.photo())
        expect(yield* codeOf(formOf(Buffer.alloc(0)))).toBe("400 media.damaged")
        expect(yield* codeOf(formOf(photo.subarray(0, 3000)))).toBe("400 media.damaged")
        expect(yield* codeOf(formOf(Samples.bomb()))).toBe("400 media.damaged")
        expect(yield* codeOf(formOf(Buffer.concat([Samples.film(), Buffer.alloc(2_100_000)])))).toBe(
          "413 media.too_large"
        )
        const two = formOf(photo)
        two.append("file", new Blob([new Uint8Array(photo)]), "b.jpg")
        expect(yield* codeOf(two)).toBe("400 http.body_malformed")
        expect(yield* codeOf(new FormData())).toBe("400 micropub.malformed")
        const text = new FormData()
        text.append("file", "no file at all")
        expect(yield* codeOf(text)).toBe("400 micropub.malformed")
        expect(yield* codeOf("{}", { "content-type": "application/json" })).toBe("415 http.media_type_unsupported")
        expect(yield* codeOf("file=x", { "content-type": formType })).toBe("400 micropub.malformed")
        expect(yield* filesHeld).toEqual(before)
      })
    )

    it.effect("a client that leaves half-way leaves no file", () =>
      Effect.gen(function* () {
        const before = yield* filesHeld
        const token = yield* client()
        const lines = (yield* accessLines(0)).length
        const head = `POST /micropub/media HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n`
        const leave = yield* askAndLeave(
          `${head}--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n${"x".repeat(200_000)}`
        )
        yield* Effect.repeat(filesHeld, {
          until: (files) => files.includes("received"),
          schedule: Schedule.spaced("2 millis").pipe(Schedule.upTo("10 seconds"))
        })
        expect(yield* filesHeld).toContain("received")
        yield* leave
        yield* holdsAgain(before)
        yield* accessLines(lines + 1)
      })
    )

    it.effect("many at once are all stored, and the server answers meanwhile", () =>
      Effect.gen(function* () {
        const token = yield* client()
        const photos = yield* Effect.promise(() =>
          Promise.all(Array.from({ length: 12 }, (_, index) => Samples.photo(800 + index, 600, 1)))
        )
        const uploads = yield* Effect.fork(
          Effect.forEach(photos, (bytes) => upload(token, bytes), { concurrency: "unbounded" })
        )
        let asked = 0
        while ((yield* uploads.status)._tag !== "Done") {
          expect((yield* ask("/")).status).toBe(200)
          asked += 1
          yield* Effect.sleep("5 millis")
        }
        expect(asked).toBeGreaterThan(3)
        const locations = yield* uploads
        expect(new Set(locations).size).toBe(12)
        for (const [index, location] of locations.entries()) {
          expect(location).toContain(`-${800 + index}x600.jpg`)
          expect((yield* fetched(pathOf(location))).status).toBe(200)
        }
      })
    )

    it.effect("removes place, person and device from the stored file", () =>
      Effect.gen(function* () {
        const sent = yield* made(Samples.photo())
        expect((yield* Effect.promise(() => sharp(sent).metadata())).exif).toBeDefined()
        const location = yield* upload(yield* client(), sent)
        const { bytes } = yield* fetched(pathOf(location))
        const metadata = yield* Effect.promise(() => sharp(bytes).metadata())
        expect(metadata).toMatchObject({ width: 1200, height: 1600 })
        expect(metadata.exif).toBeUndefined()
        for (const secret of [...Samples.secrets, "Exif", "GPS", "Phone"]) expect(bytes.includes(secret)).toBe(false)
        const film = yield* fetched(pathOf(yield* upload(yield* client(), Samples.film(), "a.mp4", "video/mp4")))
        for (const secret of Samples.secrets) expect(film.bytes.includes(secret)).toBe(false)
      })
    )

    it.effect("the endpoint answers a preflight from any origin", () =>
      Effect.gen(function* () {
        const preflight = yield* ask("/micropub/media", {
          method: "OPTIONS",
          headers: {
            origin: "https://app.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization"
          }
        })
        expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"])
        const form = formOf(yield* made(Samples.png()))
        const answer = yield* send(yield* client(), form, {
          origin: "https://app.example",
          "sec-fetch-site": "cross-site"
        })
        expect(answer.status, answer.body).toBe(201)
        expect(answer.headers.get("access-control-allow-origin")).toBe("*")
        expect(answer.headers.get("access-control-expose-headers")).toContain("Location")
        const refused = yield* ask("/micropub/media", { method: "POST", headers: { origin: "https://app.example" } })
        expect(refused.headers.get("access-control-allow-origin")).toBe("*")
      })
    )
  })

  describe("queries and deletion", () => {
    it.effect("q=source lists uploads, newest first, page by page, and returns one by its url", () =>
      Effect.gen(function* () {
        const token = yield* client("media", "delete")
        const photo = yield* upload(token, yield* made(Samples.photo(700, 500, 1)))
        const film = yield* upload(token, Samples.film())
        const list = JSON.parse((yield* query(token, "q=source&limit=2")).body).items
        expect(list.map(({ url }: { url: string }) => url)).toEqual([film, photo])
        expect(list[1]).toMatchObject({ mime_type: "image/jpeg", width: 700, height: 500 })
        expect(Date.parse(list[0].published)).toBeGreaterThanOrEqual(Date.parse(list[1].published))
        const second = JSON.parse((yield* query(token, "q=source&limit=1&offset=1")).body).items
        expect(second.map(({ url }: { url: string }) => url)).toEqual([photo])
        const one = yield* query(token, `q=source&url=${encodeURIComponent(film)}`)
        expect(JSON.parse(one.body)).toMatchObject({ url: film, mime_type: "video/mp4" })
      })
    )

    it.effect.each([
      "limit=0",
      "limit=x",
      "offset=-1",
      "url=https%3A%2F%2Fother.example%2Fmedia%2Fa.jpg",
      "url=javascript%3A1"
    ])("q=source&%s is refused with the reason", (parameters) =>
      Effect.gen(function* () {
        const { error, status } = refusal(yield* query(yield* client(), `q=source&${parameters}`))
        expect([status, error]).toEqual([400, "invalid_request"])
      })
    )

    it.effect("other queries, and queries without the scope, are refused", () =>
      Effect.gen(function* () {
        expect(refusal(yield* query(yield* client(), "q=config")).status).toBe(400)
        expect(refusal(yield* query(yield* client(), "")).status).toBe(400)
        expect(refusal(yield* query(yield* client("profile"), "q=source")).error).toBe("insufficient_scope")
        expect((yield* ask("/micropub/media?q=source")).status).toBe(401)
      })
    )

    it.effect("a client with the scope deletes a file with its renderings", () =>
      Effect.gen(function* () {
        const before = yield* filesHeld
        const url = yield* upload(yield* client(), yield* made(Samples.photo(700, 500, 1)))
        const remove = (token: string, fields: Record<string, string>) =>
          send(token, new URLSearchParams(fields).toString(), { "content-type": formType })
        expect(refusal(yield* remove(yield* client("media"), { action: "delete", url })).error).toBe(
          "insufficient_scope"
        )
        const token = yield* client("delete")
        expect((yield* remove(token, { action: "delete", url })).status).toBe(204)
        expect((yield* fetched(pathOf(url))).status).toBe(404)
        expect(yield* filesHeld).toEqual(before)
        expect(refusal(yield* remove(token, { action: "delete", url })).code).toBe("media.unknown")
        expect(refusal(yield* remove(token, { action: "delete" })).status).toBe(400)
        expect(refusal(yield* remove(token, { action: "update", url })).status).toBe(400)
      })
    )
  })

  describe("serving", () => {
    const stored = Effect.gen(function* () {
      const path = pathOf(yield* upload(yield* client(), yield* made(Samples.photo(700, 500, 1))))
      return { path, whole: yield* fetched(path) }
    })

    it.effect(
      "a file has its exact type, may be embedded anywhere without active content, and is cached permanently",
      () =>
        Effect.gen(function* () {
          const { path, whole } = yield* stored
          const all = Object.fromEntries(whole.headers)
          expect(all).toMatchObject({
            "content-type": "image/jpeg",
            "content-length": String(whole.bytes.length),
            "content-disposition": `inline; filename="${path.slice("/media/".length)}"`,
            "cache-control": "public, max-age=31536000, immutable",
            "accept-ranges": "bytes",
            "x-content-type-options": "nosniff",
            "content-security-policy": "default-src 'none'; sandbox",
            "cross-origin-resource-policy": "cross-origin",
            etag: `"${path.slice("/media/".length)}"`
          })
          expect(Date.parse(all["last-modified"] ?? "")).toBeGreaterThan(0)
          expect(all["set-cookie"]).toBeUndefined()
          const variant = yield* fetched(path.replace("-700x500.jpg", "-320x229.webp"))
          expect([variant.status, variant.headers.get("content-type")]).toEqual([200, "image/webp"])
        })
    )

    it.effect("a video may play itself, and nothing else", () =>
      Effect.gen(function* () {
        const film = yield* fetched(pathOf(yield* upload(yield* client(), Samples.film())), { range: "bytes=0-9" })
        expect(film.headers.get("content-security-policy")).toBe(
          "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
        )
      })
    )

    it.effect("HEAD has the headers of GET without the bytes", () =>
      Effect.gen(function* () {
        const { path, whole } = yield* stored
        const head = yield* fetched(path, {}, "HEAD")
        expect(head.bytes).toHaveLength(0)
        for (const name of [
          "content-type",
          "content-length",
          "etag",
          "last-modified",
          "accept-ranges",
          "cache-control"
        ]) {
          expect(head.headers.get(name), name).toBe(whole.headers.get(name))
        }
        expect((yield* fetched(path, { range: "bytes=0-1" }, "HEAD")).status).toBe(200)
      })
    )

    it.effect("a client that has the file gets a 304", () =>
      Effect.gen(function* () {
        const { path, whole } = yield* stored
        const etag = whole.headers.get("etag") ?? ""
        const date = whole.headers.get("last-modified") ?? ""
        for (const headers of [
          { "if-none-match": etag },
          { "if-none-match": `"x", W/${etag}` },
          { "if-modified-since": date }
        ]) {
          const answer = yield* fetched(path, headers as unknown as Record<string, string>)
          expect([answer.status, answer.bytes.length]).toEqual([304, 0])
          expect(answer.headers.get("etag")).toBe(etag)
          expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin")
        }
        expect((yield* fetched(path, { "if-none-match": '"x"' })).status).toBe(200)
      })
    )

    it.effect("a range request gets that range", () =>
      Effect.gen(function* () {
        const { path, whole } = yield* stored
        const size = whole.bytes.length
        const stretches: ReadonlyArray<readonly [string, number, number]> = [
          ["bytes=0-0", 0, 1],
          ["bytes=0-", 0, size],
          ["bytes=100-199", 100, 200],
          ["bytes=100-99999999", 100, size],
          ["bytes=-100", size - 100, size],
          ["bytes=-99999999", 0, size],
          ["BYTES=5 - 9", 5, 10]
        ]
        for (const [range, start, end] of stretches) {
          const answer = yield* fetched(path, { range })
          expect([range, answer.status]).toEqual([range, 206])
          expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${size}`)
          expect(answer.headers.get("content-length")).toBe(String(end - start))
          expect(answer.headers.get("content-type")).toBe("image/jpeg")
          expect(answer.bytes.equals(whole.bytes.subarray(start, end))).toBe(true)
        }
      })
    )

    it.effect("an invalid range, several ranges, or one of another file get the whole", () =>
      Effect.gen(function* () {
        const { path, whole } = yield* stored
        for (const range of [
          "bytes=",
          "bytes=x-y",
          "bytes=9-5",
          "pages=1-2",
          "bytes=0-1,5-9",
          "bytes=--5",
          "bytes=1"
        ]) {
          const answer = yield* fetched(path, { range })
          expect([range, answer.status, answer.bytes.length]).toEqual([range, 200, whole.bytes.length])
        }
        const range = "bytes=0-9"
        expect((yield* fetched(path, { range, "if-range": '"another"' })).status).toBe(200)
        expect((yield* fetched(path, { range, "if-range": "Mon, 01 Jan 2001 00:00:00 GMT" })).status).toBe(200)
        expect((yield* fetched(path, { range, "if-range": `W/${whole.headers.get("etag")}` })).status).toBe(200)
        for (const same of [whole.headers.get("etag"), whole.headers.get("last-modified")]) {
          expect((yield* fetched(path, { range, "if-range": same ?? "" })).status).toBe(206)
        }
      })
    )

    it.effect("a range behind the end is a 416 with the size", () =>
      Effect.gen(function* () {
        const { path, whole } = yield* stored
        for (const range of [`bytes=${whole.bytes.length}-`, "bytes=99999999-", "bytes=-0"]) {
          const answer = yield* fetched(path, { range })
          expect([range, answer.status]).toEqual([range, 416])
          expect(answer.headers.get("content-range")).toBe(`bytes */${whole.bytes.length}`)
        }
      })
    )

    it.effect("unusual names are not found, and never lead to another file", () =>
      Effect.gen(function* () {
        const { path } = yield* stored
        const names = [
          "",
          "x",
          ".incoming",
          "..%2fstarpunk.db",
          "%2e%2e%2fstarpunk.db",
          "..%5cstarpunk.db",
          `${"a".repeat(32)}.jpg`,
          `${path.slice(7)}.bak`,
          path.slice(7).replace("700", "701"),
          path.slice(7).toUpperCase(),
          `${path.slice(7)}%00.png`,
          "x".repeat(1500),
          "%c0%ae%c0%ae",
          "con",
          "a b",
          "%2e"
        ]
        for (const name of names) {
          const { status } = yield* ask(`/media/${name}`)
          expect([name.slice(0, 60), status >= 400 && status < 500]).toEqual([name.slice(0, 60), true])
        }
        expect((yield* ask("/media")).status).toBe(404)
        expect((yield* ask(path, { method: "POST", headers: { "sec-fetch-site": "same-origin" } })).status).toBe(405)
      })
    )

    it.effect("a slow or leaving reader holds only one chunk", () =>
      Effect.gen(function* () {
        const token = yield* client()
        const film = Buffer.concat([Samples.film(), Samples.box("mdat", Buffer.alloc(1_900_000, 7))])
        const path = pathOf(yield* upload(token, film))
        const { address } = yield* HttpServer.HttpServer
        const before = (yield* accessLines(0)).length
        yield* Effect.promise(
          () =>
            new Promise<void>((resolve) => {
              const socket = connect(address._tag === "TcpAddress" ? address.port : 0, "127.0.0.1")
              socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
              socket.once("data", () => {
                socket.destroy()
                resolve()
              })
            })
        )
        yield* accessLines(before + 1)
        expect((yield* fetched(path)).bytes.length).toBe(film.length)
      })
    )
  })

  describe("when the storage fails", () => {
    it.effect("the client gets an error, and nothing is left", () =>
      Effect.gen(function* () {
        const { dataPath: directory } = yield* Settings
        const token = yield* client()
        yield* upload(token, yield* made(Samples.png()))
        renameSync(`${directory}/media`, `${directory}/aside`)
        writeFileSync(`${directory}/media`, "")
        const answer = yield* send(token, formOf(yield* made(Samples.png())))
        rmSync(`${directory}/media`)
        renameSync(`${directory}/aside`, `${directory}/media`)
        expect(refusal(answer)).toMatchObject({ status: 503, code: "media.unavailable" })
        expect(answer.headers.get("retry-after")).toBe("30")
        expect(answer.body).not.toContain(directory)
        yield* upload(token, yield* made(Samples.png()))
      })
    )
  })
})
