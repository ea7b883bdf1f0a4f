import { connect, createServer, type Socket } from "node:net"
import { HttpServer } from "@effect/platform"
import { Context, Effect, Layer } from "effect"

const portOf = ({ address }: Pick<Context.Tag.Service<typeof HttpServer.HttpServer>, "address">): number =>
  address._tag === "TcpAddress" ? address.port : 0

/** A balancer on a free port of loopback: each connection goes to the next of these ports. Returns its own port. */
const balancer = (ports: ReadonlyArray<number>) =>
  Effect.acquireRelease(
    Effect.async<{ readonly port: number; readonly close: () => void }>((resume) => {
      const clients = new Set<Socket>()
      let turn = 0
      const server = createServer({ allowHalfOpen: true }, (client) => {
        const instance = connect({ port: ports[turn++ % ports.length] ?? 0, host: "127.0.0.1", allowHalfOpen: true })
        clients.add(client)
        client.pipe(instance).pipe(client)
        client
          .on("error", () => instance.destroy())
          .on("close", () => {
            clients.delete(client)
            instance.destroy()
          })
        instance.on("error", () => client.destroy()).on("close", () => client.destroy())
      })
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const close = () => {
          server.close()
          for (const client of clients) client.destroy()
        }
        resume(Effect.succeed({ port: typeof address === "object" ? (address?.port ?? 0) : 0, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

/**
 * The services of one instance of a site, and others beside it with services of their own. The address of the `HttpServer` is that
 * of a balancer without stickiness.
 */
export const besides = <A, E, R>(
  instance: Layer.Layer<A | HttpServer.HttpServer, E, R>,
  others: number
): Layer.Layer<A | HttpServer.HttpServer, E, R> =>
  Layer.scopedContext(
    Effect.gen(function* () {
      const first = yield* Layer.build(instance)
      const companions = yield* Effect.replicateEffect(Layer.build(instance), others)
      const servers = [first, ...companions].map((context) => Context.get(context, HttpServer.HttpServer))
      const { port } = yield* balancer(servers.map(portOf))
      return Context.add(first, HttpServer.HttpServer, {
        ...Context.get(first, HttpServer.HttpServer),
        address: { _tag: "TcpAddress", hostname: "127.0.0.1", port }
      })
    })
  )
