import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { HttpServer, HttpServerResponse } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Chunk, Context, Deferred, Effect, Layer, Option, Schedule, Stream } from "effect"
import type { Media } from "../../../src/domain/media/Media.js"
import { MediaDamaged, MediaTooLarge, MediaUnsupported } from "../../../src/errors/Media.js"
import { TokenMissing } from "../../../src/errors/Micropub.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import * as Upload from "../../../src/web/http/Upload.js"
import { accessLines, ask, askAndLeave, askRaw, testServer } from "../../fixtures/TestServer.js"

const maxBytes = 100_000

/** What a store holds, and what it was asked to take. */
class Shelf extends Context.Tag("test/Shelf")<
  Shelf,
  { readonly held: Map<string, string>; readonly taken: Array<string>; readonly gate: Deferred.Deferred<void> }
>() {}

/** A store of texts: one that begins with `<` is refused; one that begins with `wait` waits for the gate. */
const shelf = Layer.unwrapEffect(
  Effect.map(Deferred.make<void>(), (gate) => {
    const held = new Map<string, string>()
    const taken: Array<string> = []
    let count = 0
    const store: MediaStore["Type"]["store"] = ({ content, declaredType, filename }) =>
      Effect.gen(function* () {
        let size = 0
        const bytes = yield* content.pipe(
          Stream.tap((chunk) => {
            if (size === 0 && new TextDecoder().decode(chunk).startsWith("wait")) return Deferred.await(gate)
            return Effect.void
          }),
          Stream.tap((chunk) => {
            size += chunk.length
            return size > maxBytes ? new MediaTooLarge({ limitBytes: maxBytes }) : Effect.void
          }),
          Stream.runCollect,
          Effect.interruptible
        )
        const text = new TextDecoder().decode(Buffer.concat(Chunk.toReadonlyArray(bytes)))
        if (text === "") return yield* new MediaDamaged({ reason: "empty" })
        if (text.startsWith("<")) return yield* new MediaUnsupported({ accepted: ["text"] })
        count += 1
        const id = String(count)
        taken.push(`${filename} ${declaredType}`)
        held.set(id, text)
        const media: Media = {
          id,
          path: `/media/${id}.txt`,
          kind: "image",
          mediaType: "text/plain",
          byteLength: size,
          variants: [],
          uploadedAt: 0
        }
        return media
      })
    const media: MediaStore["Type"] = {
      maxBytes,
      store,
      remove: (id) => Effect.sync(() => held.delete(id)),
      discard: (id) => Effect.sync(() => held.delete(id)),
      open: () => Effect.succeed(Option.none()),
      byPath: () => Effect.succeed(Option.none()),
      byId: () => Effect.succeed(Option.none()),
      list: () => Effect.succeed([]),
      sizes: () => Effect.succeed(new Map()),
      size: Effect.succeed(0),
      takeBack: () => Effect.succeed(false),
      sweep: Effect.succeed(0)
    }
    return Layer.merge(Layer.succeed(MediaStore, media), Layer.succeed(Shelf, { held, taken, gate }))
  })
)

const answer = ({ fields, uploads }: Upload.Received) =>
  HttpServerResponse.unsafeJson([[...fields], uploads.map(({ field, media }) => [field, media.id])])

const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const media = yield* MediaStore
    yield* routes.add({ ...publicPage, takesFiles: true }, "POST", "/upload", Effect.map(Upload.receive(media), answer))
    yield* routes.add(
      { ...publicPage, takesFiles: true },
      "POST",
      "/two",
      Effect.map(Upload.receive(media, { maxFiles: 2 }), answer)
    )
    yield* routes.add(
      { ...publicPage, takesFiles: true },
      "POST",
      "/strangers",
      Effect.map(Upload.receive(media, { admit: () => new TokenMissing(), longestPause: "300 millis" }), answer)
    )
    yield* routes.add(
      { ...publicPage, takesFiles: true },
      "POST",
      "/hasty",
      Effect.map(Upload.receive(media, { longestPause: "200 millis" }), answer)
    )
    yield* routes.add(
      { ...publicPage, takesFiles: true },
      "POST",
      "/members",
      Effect.map(
        Upload.receive(media, {
          admit: (fields) => (fields.get("token")?.[0] === "open" ? Effect.succeed({}) : new TokenMissing())
        }),
        answer
      )
    )
  })
)

const site = testServer(serve(routes)).pipe(Layer.provideMerge(shelf))

const field = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string, filename = "a.txt", type = "text/plain") =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`
const end = "--x--\r\n"

const post = (body: string | Uint8Array | ReadableStream, path = "/upload", type = "multipart/form-data; boundary=x") =>
  ask(path, { method: "POST", headers: { "content-type": type }, body, duplex: "half" } as RequestInit)

const held = Effect.map(Shelf, ({ held }) => [...held.values()].toSorted())
const cleared = Effect.map(Shelf, ({ held, taken }) => {
  held.clear()
  taken.length = 0
})

/** A body that `next` makes, chunk by chunk, until it makes none. */
const streaming = (next: (index: number) => string | Uint8Array | undefined) => {
  let index = 0
  return new ReadableStream({
    pull: (controller) => {
      const chunk = next(index)
      index += 1
      if (chunk === undefined) controller.close()
      else controller.enqueue(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk)
    }
  })
}

layer(site, { excludeTestServices: true })("uploads", (it) => {
  it.effect("fields and files arrive, in order, by their names without brackets", () =>
    Effect.gen(function* () {
      yield* cleared
      const body = [
        field("h", "entry"),
        file("photo[]", "one", "../me.png", "image/png"),
        field("a[]", "é 🎈"),
        field("a[]", "2\r\n--y"),
        file("photo[]", "two\r\n--\r\n--y", "caf\u00e9 %22x%22.txt"),
        field("", "nameless"),
        end
      ].join("")
      const { body: text, status } = yield* post(body)
      expect(status, text).toBe(200)
      const [fields, uploads] = JSON.parse(text)
      expect(fields).toEqual([
        ["h", ["entry"]],
        ["a", ["é 🎈", "2\r\n--y"]],
        ["", ["nameless"]]
      ])
      expect(uploads.map(([field]: [string]) => field)).toEqual(["photo", "photo"])
      expect(yield* held).toEqual(["one", "two\r\n--\r\n--y"])
      expect((yield* Shelf).taken).toEqual(["../me.png image/png", 'café "x".txt text/plain'])
    })
  )

  it.effect("what the platform's own FormData sends arrives", () =>
    Effect.gen(function* () {
      yield* cleared
      const form = new FormData()
      form.append("content", 'Says "hi"\nand more')
      form.append('na"me', "odd")
      form.append("photo", new Blob(["bytes"], { type: "image/png" }), 'a "b".png')
      const { body, status } = yield* ask("/upload", { method: "POST", body: form })
      expect(status, body).toBe(200)
      expect(JSON.parse(body)[0]).toEqual([
        ["content", ['Says "hi"\r\nand more']],
        ['na"me', ["odd"]]
      ])
      expect((yield* Shelf).taken).toEqual(['a "b".png image/png'])
    })
  )

  it.effect("an empty file input of a page is no file", () =>
    Effect.gen(function* () {
      yield* cleared
      const { body } = yield* post(field("a", "1") + file("photo", "", "", "application/octet-stream") + end)
      expect(JSON.parse(body)).toEqual([[["a", ["1"]]], []])
      const named = yield* post(file("photo", "", "empty.png") + end)
      expect([named.status, JSON.parse(named.body).code]).toEqual([400, "media.damaged"])
    })
  )

  const whole = `preamble\r\n${field("a", "1")}${file("photo", "content of it")}${field("b", "2")}${end}`

  it.effect("the result is the same for any chunks of the body", () =>
    Effect.gen(function* () {
      yield* cleared
      const bytes = new TextEncoder().encode(whole)
      for (let cut = 1; cut < bytes.length; cut += 7) {
        const { body, status } = yield* post(streaming((index) => [bytes.slice(0, cut), bytes.slice(cut)][index]))
        expect(status, `cut at ${cut}: ${body}`).toBe(200)
        expect(JSON.parse(body)[0]).toEqual([
          ["a", ["1"]],
          ["b", ["2"]]
        ])
      }
      expect(new Set(yield* held)).toEqual(new Set(["content of it"]))
      const single = yield* post(
        streaming((index) => (index < bytes.length ? bytes.slice(index, index + 1) : undefined))
      )
      expect(single.status, single.body).toBe(200)
    })
  )

  it.effect("a body that ends too early is a 400, and nothing is kept", () =>
    Effect.gen(function* () {
      yield* cleared
      for (let length = 0; length < whole.length - 4; length += 3) {
        const { body, status } = yield* post(whole.slice(0, length))
        expect([status, JSON.parse(body).code], `${length} characters`).toEqual([400, "http.body_malformed"])
      }
      expect(yield* held).toEqual([])
    })
  )

  it.effect("answers after a change of any single byte of the body", () =>
    Effect.gen(function* () {
      for (let at = 0; at < whole.length; at += 3) {
        const other = ["-", "\r", "\n", '"'][at % 4]
        const { body, status } = yield* post(whole.slice(0, at) + other + whole.slice(at + 1))
        expect([200, 400], `${JSON.stringify(other)} at ${at}: ${body}`).toContain(status)
      }
    })
  )

  it.effect.each([
    ["boundaries", "--x\r\n".repeat(400_000)],
    ["half boundaries", field("a", "\r\n--".repeat(200_000))]
  ])("S2: a body of nothing but %s does not block the event loop", ([, body]) =>
    Effect.gen(function* () {
      yield* cleared
      let longest = 0
      let before = process.cpuUsage()
      const watch = setInterval(() => {
        const { system, user } = process.cpuUsage(before)
        longest = Math.max(longest, (system + user) / 1_000)
        before = process.cpuUsage()
      }, 1)
      const { status } = yield* Effect.ensuring(
        post(body + end),
        Effect.sync(() => clearInterval(watch))
      )
      expect([200, 400]).toContain(status)
      // CPU milliseconds: a bound against a stall.
      expect(longest).toBeLessThan(300)
    })
  )

  it.effect.each([
    ["is empty", ""],
    ["is no multipart at all", "a=1"],
    ["has a part without headers", `--x\r\n\r\nvalue\r\n${end}`],
    ["has a part without a disposition", `--x\r\nContent-Type: image/png\r\n\r\nvalue\r\n${end}`],
    ["has a part without a name", `--x\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n${end}`],
    ["has an attachment", `--x\r\nContent-Disposition: attachment; name="a"\r\n\r\nvalue\r\n${end}`],
    ["has a malformed header", `--x\r\nContent-Disposition form-data; name="a"\r\n\r\nvalue\r\n${end}`],
    ["has a name that is no UTF-8", Buffer.from(field("a\u00ff", "value") + end, "latin1")],
    ["has a value that is no UTF-8", Buffer.from(field("a", "\u00c3\u0028") + end, "latin1")],
    [
      "is encoded",
      `--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\ndg==\r\n${end}`
    ],
    ["ends within the headers of a file", file("photo", "value").slice(0, 30)],
    ["has a boundary within the headers", `--x\r\nContent-Disposition: form-data; name="a"\r\n--x\r\n\r\n${end}`],
    ["has 10,000 parts", field("a", "1").repeat(10_000) + end],
    ["has 10,000 files", file("photo", "1").repeat(10_000) + end]
  ] as const)("a body that %s is a 400, and nothing is kept", ([, body]) =>
    Effect.gen(function* () {
      yield* cleared
      const { body: text, status } = yield* post(typeof body === "string" ? body : new Uint8Array(body))
      expect([status, JSON.parse(text).code]).toEqual([400, "http.body_malformed"])
      expect(yield* held).toEqual([])
    })
  )

  it.effect.each([
    ["no boundary", "multipart/form-data", 400],
    ["an empty boundary", 'multipart/form-data; boundary=""', 400],
    ["a boundary that is too long", `multipart/form-data; boundary=${"x".repeat(71)}`, 400],
    ["a boundary that is none", 'multipart/form-data; boundary="a\u00e9"', 400],
    ["another type", "application/x-www-form-urlencoded", 415],
    ["another charset", "multipart/form-data; boundary=x; charset=utf-16", 415]
  ] as const)("a body with %s is refused", ([, type, expected]) =>
    Effect.gen(function* () {
      const { status } = yield* askRaw(
        `POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 0\r\n\r\n`
      ).pipe(Effect.map((text) => ({ status: Number(text.slice(9, 12)) })))
      expect(status).toBe(expected)
    })
  )

  it.effect("too many or too large files leave nothing of those before them", () =>
    Effect.gen(function* () {
      yield* cleared
      const three = yield* post(file("a", "1") + file("b", "2") + file("c", "3") + end, "/two")
      expect([three.status, JSON.parse(three.body).detail]).toEqual([400, "Send fewer files and fields in one request"])
      const large = yield* post(file("a", "1") + file("b", "x".repeat(maxBytes + 1)) + end)
      expect([large.status, JSON.parse(large.body).code]).toEqual([413, "media.too_large"])
      const refused = yield* post(file("a", "1") + file("b", "<svg>") + field("c", "3") + end)
      expect([refused.status, JSON.parse(refused.body).code]).toEqual([415, "media.unsupported"])
      expect(yield* held).toEqual([])
      expect((yield* Shelf).taken).toHaveLength(4)
    })
  )

  it.effect("endless bodies of every kind are answered", () =>
    Effect.gen(function* () {
      yield* cleared
      const filler = "y".repeat(65_536)
      const endless = (start: string) => streaming((index) => (index === 0 ? start : index > 800 ? undefined : filler))
      const kept = file("a", "kept?")
      const beginnings = {
        preamble: "",
        field: `${kept}--x\r\nContent-Disposition: form-data; name="b"\r\n\r\n`,
        header: `${kept}--x\r\nContent-Disposition: form-data; name="`,
        file: `${kept}--x\r\nContent-Disposition: form-data; name="b"; filename="b"\r\n\r\n`
      }
      for (const [kind, beginning] of Object.entries(beginnings)) {
        const { body, status } = yield* post(endless(beginning))
        expect([kind, status], body).toEqual([kind, 413])
      }
      expect(yield* held).toEqual([])
      const epilogue = yield* post(streaming((index) => (index === 0 ? kept + end : index > 40 ? undefined : filler)))
      expect(epilogue.status).toBe(200)
    })
  )

  it.effect("a length above the limit is refused before the body is read", () =>
    Effect.gen(function* () {
      const text = yield* askRaw(
        `POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 99999999999\r\n\r\n--x`
      )
      expect(text).toMatch(/^HTTP\/1.1 413 /)
    })
  )

  it.effect("a client without the right to send files is refused before one is stored", () =>
    Effect.gen(function* () {
      yield* cleared
      const stranger = yield* post(file("a", "1") + field("token", "open") + end, "/members")
      expect(stranger.status).toBe(401)
      expect((yield* post(field("b", "2") + end, "/members")).status).toBe(401)
      expect((yield* Shelf).taken).toEqual([])
      const member = yield* post(field("token", "open") + file("a", "1") + file("a", "2") + end, "/members")
      expect(member.status, member.body).toBe(200)
      expect(yield* held).toEqual(["1", "2"])
    })
  )

  it.effect("a client that leaves half-way leaves nothing behind", () =>
    Effect.gen(function* () {
      yield* cleared
      const head =
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 90000\r\n\r\n"
      const before = (yield* accessLines(0)).length
      const leave = yield* askAndLeave(`${head}${file("a", "whole")}${file("b", "half")}`.slice(0, -4))
      yield* Effect.repeat(held, {
        until: (texts) => texts.length > 0,
        schedule: Schedule.spaced("2 millis").pipe(Schedule.upTo("5 seconds"))
      })
      expect(yield* held).toEqual(["whole"])
      yield* leave
      expect((yield* accessLines(before + 1)).at(-1)?.fields.aborted).toBe(true)
      yield* Effect.repeat(held, {
        until: (texts) => texts.length === 0,
        schedule: Schedule.spaced("2 millis").pipe(Schedule.upTo("5 seconds"))
      })
      expect(yield* held).toEqual([])
    })
  )

  it.effect("backpressure of the store reaches the client", () =>
    Effect.gen(function* () {
      yield* cleared
      const { address } = yield* HttpServer.HttpServer
      const { gate } = yield* Shelf
      const total = 64 * 1_048_576
      const sent = yield* Effect.promise(async () => {
        const socket = connect(address._tag === "TcpAddress" ? address.port : 0, "127.0.0.1")
        socket.on("error", () => {})
        socket.write(
          `POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n`
        )
        const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
        socket.write(chunk(file("a", `wait${"z".repeat(65_000)}`).slice(0, -2)))
        const more = chunk("z".repeat(65_536))
        let count = 0
        while (count < total) {
          count += more.length
          if (
            !socket.write(more) &&
            (await Promise.race([new Promise((drained) => socket.once("drain", drained)), wait(300, "stuck")])) ===
              "stuck"
          )
            break
        }
        socket.destroy()
        return count
      })
      expect(sent).toBeLessThan(total / 2)
      yield* Deferred.succeed(gate, undefined)
    })
  )

  it.effect("a silent client gets an answer, and its files are not kept", () =>
    Effect.gen(function* () {
      yield* cleared
      const { address } = yield* HttpServer.HttpServer
      const { taken } = yield* Shelf
      const text = yield* Effect.promise(async () => {
        const socket = connect(address._tag === "TcpAddress" ? address.port : 0, "127.0.0.1").setEncoding("utf8")
        socket.write(
          `POST /hasty HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000\r\n\r\n${file("a", "whole")}${field("b", "2")}`
        )
        const [text] = await once(socket, "data")
        socket.destroy()
        return String(text)
      })
      expect(text).toMatch(/^HTTP\/1.1 408 /)
      expect(taken).toEqual(["a.txt text/plain"])
      expect(yield* held).toEqual([])
    })
  )

  it.effect("an unknown client gets a short time, however steadily it sends", () =>
    Effect.gen(function* () {
      const { address } = yield* HttpServer.HttpServer
      const text = yield* Effect.promise(async () => {
        const socket = connect(address._tag === "TcpAddress" ? address.port : 0, "127.0.0.1").setEncoding("utf8")
        let text = ""
        socket.on("data", (chunk) => {
          text += chunk
        })
        socket.on("error", () => {})
        socket.write(
          `POST /strangers HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n`
        )
        while (text === "") {
          socket.write("y")
          await wait(20)
        }
        socket.destroy()
        return text
      })
      expect(text).toMatch(/^HTTP\/1.1 408 /)
    })
  )
})
