import type { ListenOptions, Server } from "node:net"
import type { HttpServer } from "@effect/platform"
import { Effect } from "effect"
import { ActivationUnusable, ListenFailed } from "../../src/errors/Startup.js"

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

/**
 * Connections that wait in the kernel until they are accepted. Node's default, 511, is full when a thousand clients come at
 * once, and then the kernel drops them. The kernel's own maximum (`net.core.somaxconn`, 4,096 on Linux) applies as well.
 */
const backlog = 4_096

type Bound = ReturnType<Server["address"]>

const listening = <E>(
  server: Server,
  options: ListenOptions & { readonly fd?: number },
  failure: (code: string) => E
): Effect.Effect<Bound, E> =>
  Effect.async((resume) => {
    const onError = ({ code = "" }: NodeJS.ErrnoException) => {
      server.off("listening", onListening)
      resume(Effect.fail(failure(code)))
    }
    const onListening = () => {
      server.off("error", onError)
      resume(Effect.succeed(server.address()))
    }
    server.once("error", onError)
    server.once("listening", onListening)
    server.listen({ backlog, ...options })
  })

const tcp = (address: string, port: number): HttpServer.TcpAddress => ({ _tag: "TcpAddress", hostname: address, port })

/** Listens and returns the address; port 0 asks for any free port. */
export const listen = (
  server: Server,
  host: string,
  port: number
): Effect.Effect<HttpServer.TcpAddress, ListenFailed> =>
  listening(
    server,
    { host, port },
    (code) => new ListenFailed({ host, port, reason: reasons[code] ?? "unknown" })
  ).pipe(
    // A server that listens on a port has an address of this form.
    Effect.map((bound) =>
      typeof bound === "object" && bound !== null ? tcp(bound.address, bound.port) : tcp(host, port)
    )
  )

/** Accepts connections on a socket that another process opened, and returns its address. */
export const listenOn = (server: Server, fd: number): Effect.Effect<HttpServer.TcpAddress, ActivationUnusable> =>
  listening(server, { fd }, () => new ActivationUnusable({ reason: "not_listening", sockets: 1 })).pipe(
    Effect.flatMap((bound) =>
      typeof bound === "object" && bound !== null && bound.port !== undefined
        ? Effect.succeed(tcp(bound.address, bound.port))
        : Effect.zipRight(
            Effect.sync(() => server.close()),
            new ActivationUnusable({ reason: "not_tcp", sockets: 1 })
          )
    )
  )

/** Formats an address as a URL: IPv6 in brackets (RFC 3986 §3.2.2). */
export const formatAddress = ({ hostname, port }: HttpServer.TcpAddress): string =>
  `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`
