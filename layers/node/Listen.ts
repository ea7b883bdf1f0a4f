import type { Server } from "node:http"
import type { HttpServer } from "@effect/platform"
import { Effect } from "effect"
import { ListenFailed } from "../../src/errors/failure/Startup.js"

const reasons: Readonly<Record<string, ListenFailed["reason"]>> = {
  EADDRINUSE: "in_use",
  EACCES: "not_permitted",
  EPERM: "not_permitted",
  EADDRNOTAVAIL: "address_unknown",
  EAFNOSUPPORT: "address_unknown",
  EINVAL: "address_unknown",
  ENOTFOUND: "address_unknown",
  EAI_AGAIN: "address_unknown"
}

/** Listens, and answers the address that it became: port 0 asks for any free one. */
export const listen = (
  server: Server,
  host: string,
  port: number
): Effect.Effect<HttpServer.TcpAddress, ListenFailed> =>
  Effect.async((resume) => {
    const onError = ({ code = "" }: NodeJS.ErrnoException) => {
      server.off("listening", onListening)
      resume(Effect.fail(new ListenFailed({ host, port, reason: reasons[code] ?? "unknown" })))
    }
    const onListening = () => {
      server.off("error", onError)
      const address = server.address()
      // A server that listens on a port has an address of this form.
      const bound = typeof address === "object" && address !== null ? address : { address: host, port }
      resume(Effect.succeed({ _tag: "TcpAddress", hostname: bound.address, port: bound.port }))
    }
    server.once("error", onError)
    server.once("listening", onListening)
    server.listen({ host, port })
  })
