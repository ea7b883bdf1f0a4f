/**
 * Load generator of hostile clients: `node dist/attackers.js URL SOCKETS`. Each socket sends requests one after
 * another, as fast as the server reads them, with the largest body of each route, and never reads a response. Prints
 * the number of open sockets once a second.
 */
import { connect, type Socket } from "node:net"

const form = "application/x-www-form-urlencoded"
const json = "application/json"
const multipart = "multipart/form-data; boundary=b"

/** A request without credentials; its body is filled up to `size`. */
interface Attack {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly type?: string
  /** Bytes of the body, `before` included. */
  readonly size?: number
  readonly before?: string
  /** Text repeated up to the size. */
  readonly filling?: string
}

const texts = (path: string, size: number, name = "content"): ReadonlyArray<Attack> => [
  { method: "POST", path, type: form, size, before: `${name}=`, filling: "<" },
  { method: "POST", path, type: form, size, before: `${name}=`, filling: "+" },
  { method: "POST", path, type: form, size, before: `${name}=`, filling: "%22" },
  {
    method: "POST",
    path,
    type: multipart,
    size,
    before: `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`,
    filling: "<"
  }
]

const mebibyte = 1_048_576

/** Every route that reads a body, and the routes with the longest responses. */
const attacks: ReadonlyArray<Attack> = [
  ...["/admin/new", "/admin/edit/1", "/admin/preview", "/admin/autosave"].flatMap((path) => texts(path, 12 * mebibyte)),
  ...texts("/admin/media", 8 * mebibyte),
  ...["/admin/tokens", "/admin/sessions/end", "/admin/security/passphrase", "/admin/security/codes"].flatMap((path) =>
    texts(path, mebibyte)
  ),
  ...["/auth/login", "/auth/login/code", "/auth/resume", "/auth/setup/x", "/auth/passkey/options"].flatMap((path) =>
    texts(path, 65_536, "resume.content")
  ),
  ...texts("/auth/login", 12 * mebibyte, "resume.content"),
  ...texts("/micropub", mebibyte),
  ...texts("/micropub/media", 8 * mebibyte),
  {
    method: "POST",
    path: "/micropub",
    type: json,
    size: mebibyte,
    before: '{"properties":{"content":["',
    filling: "<"
  },
  ...["/indieauth/authorize", "/indieauth/token", "/indieauth/consent", "/indieauth/introspect"].flatMap((path) =>
    texts(path, 65_536, "client_id")
  ),
  ...[
    "/",
    "/feed.rss",
    "/feed.json",
    "/api/search?q=lorem&limit=50",
    "/search?q=lorem",
    `/search?q=${"%3C".repeat(2_000)}`
  ].map((path) => ({ method: "GET", path }) as const)
]

/** One of a hundred client addresses, for `X-Forwarded-For`. */
const addressOf = (index: number): string => `203.0.113.${index % 100}`

const headOf = ({ method, path, size, type }: Attack, index: number): string =>
  [
    `${method} ${path} HTTP/1.1`,
    "Host: bench",
    "Accept: text/html",
    `X-Forwarded-For: ${addressOf(index)}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`, `Content-Length: ${size}`]),
    "",
    ""
  ].join("\r\n")

const largest = 12 * mebibyte

/** Buffers of each filling in the size of the largest body, shared by the sockets. */
const fillings = new Map(
  attacks.map(({ filling = "" }) => [filling, Buffer.alloc(filling === "" ? 0 : largest, filling, "latin1")] as const)
)

const [, , address = "", count = "0"] = process.argv
const sockets = Number(count)
const { hostname, port } = new URL(address)

/** Opens a connection that sends requests as fast as the server reads them and never reads a response. */
const idle = (index: number): Socket => {
  const socket = connect(Number(port), hostname)
  socket.on("error", () => {})
  socket.pause()
  const send = (turn: number): void => {
    const attack = attacks[(index + turn * sockets) % attacks.length]
    if (attack === undefined || turn === 8 || socket.destroyed) return
    const { before = "", filling = "", size = 0 } = attack
    socket.write(headOf(attack, index) + before, "latin1")
    const rest = fillings.get(filling)?.subarray(0, Math.max(0, size - before.length)) ?? Buffer.alloc(0)
    socket.write(rest, () => send(turn + 1))
  }
  send(0)
  return socket
}

const opened = Array.from({ length: sockets }, (_, index) => idle(index))

setInterval(() => {
  process.stdout.write(`${opened.filter(({ destroyed }) => !destroyed).length}\n`)
}, 1_000)
