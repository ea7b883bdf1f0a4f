import { connect, type Socket } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { usually } from "./Scale.js"

const leastAnswers = usually(20, 1)

/** Length of a response, once it is known. */
const sizeOf = (text: string): number | undefined => {
  const end = text.indexOf("\r\n\r\n")
  if (end === -1) return undefined
  const head = text.slice(0, end)
  if (/\r\ntransfer-encoding:/i.test(head)) {
    // An empty body, as of a 201, is one last chunk.
    if (text.length < end + 9) return undefined
    if (text.startsWith("0\r\n\r\n", end + 4)) return end + 9
    throw new Error("the load generator reads no chunked responses")
  }
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const hasBody = !/^HTTP\/1\.1 (?:204|304)/.test(head)
  return end + 4 + (hasBody ? Number(length ?? 0) : 0)
}

/** Sends requests on one connection, each when the response to the one before is complete. */
const asker = (socket: Socket, request: () => string | undefined, onAnswer: (status: number) => void) => {
  let received = ""
  let size: number | undefined
  let bytes = 0
  let status = 0
  const ask = () => {
    const next = request()
    if (next === undefined) socket.destroy()
    else socket.write(next)
  }
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (size === undefined) {
      received += chunk.toString("latin1")
      size = sizeOf(received)
      status = Number(received.slice(9, 12))
    }
    if (size === undefined || bytes < size) return
    received = ""
    bytes = 0
    size = undefined
    onAnswer(status)
    ask()
  })
  ask()
}

/** The requested address, and the status that every response must have. */
export interface Ask {
  readonly path: () => string
  readonly expected: number
  /** Header lines, each with its line break. */
  readonly headers: string
}

const requestOf = (url: string, { headers, path }: Ask) => {
  const { host } = new URL(url)
  return () => `GET ${path()} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`
}

/** Number of responses in `millis` to clients without think time; every one must have the expected status. */
const responsesIn = async (
  url: string,
  request: () => string,
  {
    connections,
    expected,
    millis
  }: { readonly connections: number; readonly expected: number; readonly millis: number }
): Promise<number> => {
  const { hostname, port } = new URL(url)
  let answers = 0
  let refused = 0
  let wrong: number | undefined
  const sockets = Array.from({ length: connections }, () => connect(Number(port), hostname))
  for (const socket of sockets) {
    socket.on("error", () => {})
    asker(socket, request, (status) => {
      // On a very busy machine the site sheds load. A refusal costs little, and is no response to what was requested.
      if (status === 503) refused++
      else answers++
      if (status !== expected && status !== 503) wrong = status
    })
  }
  await wait(millis)
  // Few responses give no reliable cost, so the window is extended on a busy machine.
  for (let turn = 0; turn < 200 && answers < leastAnswers; turn++) await wait(50)
  for (const socket of sockets) socket.destroy()
  if (wrong !== undefined) throw new Error(`${url} answered ${wrong}`)
  if (refused > 0) process.stderr.write(`  ${url} refused ${refused} requests beside ${answers} responses\n`)
  if (answers === 0) throw new Error(`${url} did not answer`)
  return answers
}

/** Number of responses to GETs in `millis`. */
export const answersIn = (
  url: string,
  ask: Ask & { readonly millis: number; readonly connections: number }
): Promise<number> => responsesIn(url, requestOf(url, ask), ask)

/**
 * Posts `count` forms; `form` returns the next body. Every response must have the status `expected`. Waits for every
 * response: with a time limit, unfinished requests would cost the server time and not count.
 */
export const postForms = async (
  url: string,
  form: () => string,
  options: { readonly connections: number; readonly headers: string; readonly expected: number; readonly count: number }
): Promise<void> => {
  const { host, hostname, pathname, port } = new URL(url)
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n${options.headers}`
  let asked = 0
  const request = () => {
    if (asked++ >= options.count) return undefined
    const body = form()
    return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  }
  await Promise.all(
    Array.from(
      { length: options.connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(Number(port), hostname)
          socket.on("error", reject)
          socket.on("close", () => resolve())
          asker(socket, request, (status) => {
            if (status !== options.expected) reject(new Error(`${url} answered ${status}`))
          })
        })
    )
  )
}

/** Sends `count` GETs over several connections. Returns the milliseconds that each one took, and stops after `mostMillis`. */
export const answersTo = async (
  url: string,
  ask: Ask,
  {
    connections,
    count,
    mostMillis
  }: { readonly connections: number; readonly count: number; readonly mostMillis: number }
): Promise<ReadonlyArray<number>> => {
  const { hostname, port } = new URL(url)
  const request = requestOf(url, ask)
  const until = performance.now() + mostMillis
  const taken: Array<number> = []
  let begun = 0
  let wrong: number | undefined
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(port), hostname)
          let at = 0
          socket.on("error", () => {})
          socket.on("close", () => resolve())
          const next = () => {
            at = performance.now()
            return begun++ < count && at < until ? request() : undefined
          }
          asker(socket, next, (status) => {
            taken.push(performance.now() - at)
            if (status !== ask.expected && status !== 503) wrong = status
          })
        })
    )
  )
  if (wrong !== undefined) throw new Error(`${url} answered ${wrong}`)
  return taken
}

/** Milliseconds that each of `count` requests took, one after another on one connection. */
export const latenciesOf = (url: string, ask: Ask, count: number): Promise<ReadonlyArray<number>> =>
  answersTo(url, ask, { connections: 1, count, mostMillis: 10_000 })
