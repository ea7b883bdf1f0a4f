import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { living } from "../../fixtures/LivingServer.js"

const host = "Host: me.example\r\n"
/** What an attacker hopes to have answered as somebody else's request. */
const hidden = `GET /hidden HTTP/1.1\r\n${host}\r\n`
const post = (fields: string, body = "") => `POST / HTTP/1.1\r\n${host}${fields}\r\n${body}`
const chunked = "Transfer-Encoding: chunked\r\n"

/** Requests of which two programs may disagree where they end, or for whom they are (RFC 9112 §2.2, §3, §5, §6, §11.2). */
const shapes: ReadonlyArray<readonly [name: string, bytes: string, status?: number]> = [
  ["chunked and a length", post(`Content-Length: 6\r\n${chunked}`, `0\r\n\r\n${hidden}`)],
  ["a length and chunked", post(`${chunked}Content-Length: 6\r\n`, `0\r\n\r\n${hidden}`)],
  ["two lengths", post("Content-Length: 0\r\nContent-Length: 44\r\n", hidden)],
  ["the same length twice", post("Content-Length: 4\r\nContent-Length: 4\r\n", `abcd${hidden}`)],
  ["two lengths in one field", post("Content-Length: 0, 44\r\n", hidden)],
  ["a length with a sign", post("Content-Length: +4\r\n", `abcd${hidden}`)],
  ["a negative length", post("Content-Length: -1\r\n", hidden)],
  ["a length in hexadecimal", post("Content-Length: 0x4\r\n", `abcd${hidden}`)],
  ["a length that no number holds", post("Content-Length: 99999999999999999999999\r\n", hidden)],
  ["an empty length", post("Content-Length: \r\n", hidden)],
  ["a length with a space in it", post("Content-Length: 4 4\r\n", hidden)],
  ["a length with a space before the colon", post("Content-Length : 4\r\n", `abcd${hidden}`)],
  ["another coding than chunked", post("Transfer-Encoding: gzip\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked not last", post("Transfer-Encoding: chunked, gzip\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked twice", post(`${chunked}${chunked}`, `0\r\n\r\n${hidden}`)],
  ["chunked, and then identity", post(`${chunked}Transfer-Encoding: identity\r\n`, `0\r\n\r\n${hidden}`)],
  ["nearly chunked", post("Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked in quotes", post('Transfer-Encoding: "chunked"\r\n', `0\r\n\r\n${hidden}`)],
  ["chunked after a vertical tab", post("Transfer-Encoding: \vchunked\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked after a line feed", post("Transfer-Encoding:\n chunked\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked with a space before the colon", post("Transfer-Encoding : chunked\r\n", `0\r\n\r\n${hidden}`)],
  ["chunked in HTTP/1.0", `POST / HTTP/1.0\r\n${host}${chunked}\r\n0\r\n\r\n${hidden}`],
  ["a chunk's size that is no number", post(chunked, `zz\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's size with a sign", post(chunked, `+4\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's size with 0x", post(chunked, `0x4\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's size that no number holds", post(chunked, `fffffffffffffffff\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's size after a space", post(chunked, ` 4\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk that is longer than it says", post(chunked, `2\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's size that ends in LF alone", post(chunked, `4\nabcd\r\n0\r\n\r\n`)],
  ["a chunk's extension with a line feed in it", post(chunked, `4;a\nb\r\nabcd\r\n0\r\n\r\n`)],
  ["a chunk that ends in CR and something else", post(chunked, `4\r\nabcd\rX0\r\n\r\n`)],
  ["two hosts", `GET / HTTP/1.1\r\n${host}Host: other.example\r\n\r\n`],
  ["the same host twice", `GET / HTTP/1.1\r\n${host}${host}\r\n`],
  ["two hosts in one field", `GET / HTTP/1.1\r\nHost: me.example, other.example\r\n\r\n`],
  ["a host with a path", `GET / HTTP/1.1\r\nHost: me.example/path\r\n\r\n`],
  ["a host with a user", `GET / HTTP/1.1\r\nHost: a@me.example\r\n\r\n`],
  ["a host with a space", `GET / HTTP/1.1\r\nHost: me.example other.example\r\n\r\n`],
  ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ["a folded field", `GET / HTTP/1.1\r\n${host}X-Folded: a\r\n b\r\n\r\n`],
  ["a first field that is folded", `GET / HTTP/1.1\r\n X: a\r\n${host}\r\n`],
  ["a field without a colon", `GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`],
  ["a field without a name", `GET / HTTP/1.1\r\n${host}: nonsense\r\n\r\n`],
  ["a field's name with a space", `GET / HTTP/1.1\r\n${host}X Y: a\r\n\r\n`],
  ["a field's name with a NUL", `GET / HTTP/1.1\r\n${host}X\0: a\r\n\r\n`],
  ["a field with a NUL", `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`],
  ["a field with CR alone", `GET / HTTP/1.1\r\n${host}X: a\rTransfer-Encoding: chunked\r\n\r\n`],
  ["a field that ends in LF alone", `GET / HTTP/1.1\r\n${host}X: a\nY: b\r\n\r\n`],
  ["a request line that ends in LF alone", `GET / HTTP/1.1\n${host}\r\n`],
  ["a request line that ends in CR alone", `GET / HTTP/1.1\r${host}\r\n`],
  ["a tab in the request line", `GET\t/ HTTP/1.1\r\n${host}\r\n`],
  ["a NUL in the target", `GET /\0 HTTP/1.1\r\n${host}\r\n`],
  ["a control character in the target", `GET /\x01 HTTP/1.1\r\n${host}\r\n`],
  ["a space in the target", `GET /a b HTTP/1.1\r\n${host}\r\n`],
  ["no target", `GET HTTP/1.1\r\n${host}\r\n`],
  ["a target that is no path", `GET hidden HTTP/1.1\r\n${host}\r\n`],
  ["a target on another host", `GET http://other.example/ HTTP/1.1\r\n${host}\r\n`],
  ["a target on this host in absolute form", `GET http://me.example/ HTTP/1.1\r\n${host}\r\n`],
  ["the asterisk", `GET * HTTP/1.1\r\n${host}\r\n`],
  ["an escape that is none", `GET /%zz HTTP/1.1\r\n${host}\r\n`],
  ["half an escape", `GET /%4 HTTP/1.1\r\n${host}\r\n`],
  ["an escape that is no UTF-8", `GET /%ff HTTP/1.1\r\n${host}\r\n`],
  ["an escape that is an overlong slash", `GET /..%c0%af HTTP/1.1\r\n${host}\r\n`],
  ["an escaped NUL", `GET /%00 HTTP/1.1\r\n${host}\r\n`],
  ["an escaped climb", `GET /a/%2e%2e/b HTTP/1.1\r\n${host}\r\n`],
  ["HTTP/0.9", "GET /\r\n"],
  ["HTTP/1.2", `GET / HTTP/1.2\r\n${host}\r\n`],
  ["HTTP/2.0", `GET / HTTP/2.0\r\n${host}\r\n`],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a version in small letters", `GET / http/1.1\r\n${host}\r\n`],
  ["a version that is longer", `GET / HTTP/1.10\r\n${host}\r\n`],
  ["RTSP", `OPTIONS * RTSP/1.0\r\n${host}\r\n`],
  ["a method that is none", `G=T / HTTP/1.1\r\n${host}\r\n`],
  ["a tunnel", `CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n`],
  ["a target that is too long for anybody", `GET /${"a".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
  ["a target that is too long for us", `GET /${"a".repeat(9_000)} HTTP/1.1\r\n${host}\r\n`, 414],
  ["a field that is too long", `GET / HTTP/1.1\r\n${host}X: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  ["a thousand fields", `GET / HTTP/1.1\r\n${host}${"X-Y-Z: some text\r\n".repeat(1_000)}\r\n`, 431],
  ["another program's greeting", "SSH-2.0-OpenSSH_9.2\r\n"],
  ["binary noise", "\x00\x01\x02\xff\xfe\r\n\r\n"]
]

describe("requests that two programs may read differently", () => {
  it.scopedLive.each(shapes.map(([name, bytes, status = 400]) => ({ name, bytes, status })))(
    "$name: $status, the end of the connection, and one line in the log",
    ({ bytes, status }) =>
      Effect.gen(function* () {
        const server = yield* living()
        const wire = yield* server.connect
        wire.send(bytes)
        // Whoever is not refused gets the answer to this, and the connection with it.
        wire.send(hidden)
        const answer = yield* Effect.promise(() => wire.closed())
        const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
        expect(statuses, answer).toEqual([status])
        expect(answer).toMatch(/\r\nconnection: close\r\n/i)
        expect(answer).toContain('"code":"http.')
        // The line of a request that a route is at work on is written when the route has left off.
        const other = yield* server.connect
        other.get("/")
        yield* Effect.promise(() => other.until("home"))
        yield* server.stop
        const lines = (yield* server.events).filter(({ message }) => message === "http.access")
        // What was a request of its own behind a bad address may be looked at, but nobody is told.
        expect(lines.filter(({ fields }) => fields.path !== "/hidden")).toHaveLength(2)
      })
  )
})
