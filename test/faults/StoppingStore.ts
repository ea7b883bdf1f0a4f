import { once } from "node:events"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"

/** A moment of a request: it arrives, half of its body is passed on, or the object store has answered. */
export type Moment = "arrives" | "half" | "answered"

/** A proxy before an object store that stops at a moment of a request: it neither passes on nor answers more of it. */
export interface StoppingStore {
  readonly endpoint: string
  /** Stops at the given request that stores an object, counted from 1. Resolves when it has. */
  readonly stopAt: (serial: number, moment: Moment) => Promise<void>
  /** Passes on everything. */
  readonly resume: () => void
  readonly close: () => void
}

/** Starts a proxy before the object store at an address. */
export const stoppingStore = async (target: string): Promise<StoppingStore> => {
  const { hostname, port } = new URL(target)
  let planned: { readonly serial: number; readonly moment: Moment; readonly reached: () => void } | undefined
  let serial = 0

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { headers, method, url } = incoming
    incoming.on("error", () => {})
    // Each object is looked for after it was stored; to stop before that is to stop when the store has answered.
    const isCounted = method === "PUT"
    const here = isCounted && planned !== undefined && ++serial === planned.serial ? planned : undefined
    if (here?.moment === "arrives") return here.reached()
    const onward = request({ host: hostname, port, method, path: url, headers })
    onward.on("error", () => outgoing.destroy())
    outgoing.on("close", () => onward.destroy())
    if (here?.moment === "half") {
      const half = Math.floor(Number(headers["content-length"] ?? 0) / 2)
      let sent = 0
      for await (const chunk of incoming) {
        onward.write(chunk.subarray(0, Math.max(0, half - sent)))
        sent += chunk.length
        if (sent >= half) break
      }
      return here.reached()
    }
    incoming.pipe(onward)
    const [answer] = await once(onward, "response")
    if (here !== undefined) {
      answer.resume()
      return here.reached()
    }
    outgoing.writeHead(answer.statusCode, answer.headers)
    // Swift sends the end of a body even after HEAD, which is not passed on.
    if (method === "HEAD") outgoing.end()
    else answer.pipe(outgoing)
  }

  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing).catch(() => outgoing.destroy()))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stopAt: (at, moment) =>
      new Promise((reached) => {
        serial = 0
        planned = { serial: at, moment, reached }
      }),
    resume: () => {
      planned = undefined
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
