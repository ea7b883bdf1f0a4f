import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Connections } from "../../../layers/http/Connections.js"
import { createLimitedServer } from "../../../layers/http/HttpLimits.js"

/** Where connections from these addresses of loopback are said to come from. */
const origins: Readonly<Record<string, string>> = {
  "127.0.0.2": "203.0.113.2",
  "127.0.0.3": "203.0.113.3",
  "127.0.0.4": "203.0.113.4",
  "127.0.0.11": "2001:db8:0:1::1",
  "127.0.0.12": "2001:db8:0:1:ffff::2",
  "127.0.0.13": "2001:db8:0:2::1",
  "127.0.0.20": "198.51.100.20",
  "127.0.0.1": "127.0.0.1"
}

const proxy = "198.51.100.20"

describe("S14: connections of one network", () => {
  let connections: Connections
  let port: number
  let end: () => Promise<void>
  let closed: Array<string>
  const clients: Array<Socket> = []

  beforeEach(async () => {
    const server = createLimitedServer({ trustedProxies: [proxy] })
    closed = []
    connections = new Connections(server, () => false, {
      isProxy: (address) => address === proxy,
      addressOf: (socket) => origins[socket.remoteAddress ?? ""] ?? "",
      bounds: { total: 12, perNetwork: 5 },
      onClosed: (network) => closed.push(network)
    })
    connections.attach((request, response) => {
      if (request.url === "/now") response.end("here")
    })
    await once(server.listen(0, "0.0.0.0"), "listening")
    const address = server.address()
    port = typeof address === "object" ? (address?.port ?? 0) : 0
    end = async () => {
      for (const client of clients.splice(0)) client.destroy()
      connections.closeAll()
      await Effect.runPromise(connections.closed)
    }
  })

  afterEach(() => end())

  const open = async (localAddress: string) => {
    const socket = connect({ port, host: "127.0.0.1", localAddress })
    clients.push(socket)
    socket.on("error", () => {})
    await once(socket, "connect")
    return socket
  }

  /** Whether a request on a connection is answered; not where the server closes it. */
  const isAnswered = async (socket: Socket): Promise<boolean> => {
    socket.write("GET /now HTTP/1.1\r\nHost: me.example\r\n\r\n")
    return new Promise((resolve) => {
      socket.once("data", () => resolve(true))
      socket.once("close", () => resolve(false))
    })
  }

  /** Begins a request whose answer never comes. */
  const occupy = (socket: Socket) => socket.write("GET /never HTTP/1.1\r\nHost: me.example\r\n\r\n")

  const answered = async (addresses: ReadonlyArray<string>) => {
    const results: Array<boolean> = []
    for (const address of addresses) results.push(await isAnswered(await open(address)))
    return results
  }

  it("are limited to its share, and free their place when they close", async () => {
    expect(await answered(Array<string>(6).fill("127.0.0.2"))).toEqual([true, true, true, true, true, false])
    expect(await answered(["127.0.0.3"])).toEqual([true])
    const [first] = clients
    const before = connections.size
    first?.destroy()
    await expect.poll(() => connections.size).toBe(before - 1)
    expect(await answered(["127.0.0.2", "127.0.0.2"])).toEqual([true, false])
    expect(closed).toEqual(["203.0.113.2", "203.0.113.2"])
  })

  it("count all addresses of an IPv6 /64 as one", async () => {
    const same = ["127.0.0.11", "127.0.0.12", "127.0.0.11", "127.0.0.12", "127.0.0.11", "127.0.0.12"]
    expect(await answered([...same, "127.0.0.13"])).toEqual([true, true, true, true, true, false, true])
  })

  it("exempt a trusted proxy and this machine, since all clients may be behind them", async () => {
    expect(await answered(Array<string>(6).fill("127.0.0.20"))).toEqual(Array(6).fill(true))
    expect(await answered(Array<string>(6).fill("127.0.0.1"))).toEqual(Array(6).fill(true))
    // All places are taken, and by nobody who could make room.
    expect(await answered(["127.0.0.3"])).toEqual([false])
  })

  it("make room when all places are taken: the largest network loses an idle one, or else its oldest", async () => {
    for (let count = 0; count < 4; count++) {
      occupy(await open("127.0.0.2"))
      occupy(await open("127.0.0.3"))
    }
    await expect.poll(() => connections.inFlight).toBe(8)
    expect(await answered(["127.0.0.2", "127.0.0.4", "127.0.0.4", "127.0.0.4"])).toEqual([true, true, true, true])
    const [oldest] = clients
    const idle = clients[8]
    const leaving = (socket: Socket | undefined) => new Promise((resolve) => socket?.once("close", resolve))
    const first = leaving(idle)
    expect(await answered(["127.0.0.13"])).toEqual([true])
    await first
    expect(oldest?.closed).toBe(false)
    const second = leaving(oldest)
    expect(await answered(["127.0.0.13"])).toEqual([true])
    await second
    expect(closed).toEqual(["203.0.113.2", "203.0.113.2"])
  })
})
