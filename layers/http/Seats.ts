import type { Socket } from "node:net"
import { isNearby, networkOf } from "../../src/domain/Network.js"
import { limits } from "./HttpLimits.js"

/** How many connections there may be. */
export interface SeatBounds {
  readonly total: number
  /** Of one network (an IPv4 address, an IPv6 /64). */
  readonly perNetwork: number
}

/** What seats have to know of the world around them. */
export interface SeatOptions {
  /** Whether an address is a proxy's that the settings name: one address that carries everybody. */
  readonly isProxy: (address: string) => boolean
  /** Whether no answer is owed on a connection. */
  readonly isIdle: (socket: Socket) => boolean
  /** Told of every connection that is closed because there are too many. */
  readonly onClosed?: ((network: string) => void) | undefined
  readonly bounds?: SeatBounds | undefined
  /** Where a connection comes from; empty where that is not known. */
  readonly addressOf?: ((socket: Socket) => string) | undefined
}

/**
 * Decides which connections stay when there are many. No network has more than its share, and when all seats are taken,
 * the network that holds most gives one up, so that a few addresses cannot keep everybody else out.
 *
 * Proxies that the settings name, and nearby addresses, are bound by the total alone: anybody may be behind them.
 */
export class Seats {
  private readonly networks = new Map<string, Set<Socket>>()
  private readonly bounds: SeatBounds
  private taken = 0

  constructor(private readonly options: SeatOptions) {
    this.bounds = options.bounds ?? { total: limits.maxConnections, perNetwork: limits.maxConnectionsPerNetwork }
  }

  /** Gives a new connection a seat, or closes it; says whether it may stay. */
  admit(socket: Socket): boolean {
    const address = this.options.addressOf?.(socket) ?? socket.remoteAddress ?? ""
    const network = isNearby(address) || this.options.isProxy(address) ? undefined : networkOf(address)
    const own = network === undefined ? 0 : (this.networks.get(network)?.size ?? 0)
    if (own >= this.bounds.perNetwork || (this.taken >= this.bounds.total && !this.makeRoom(own))) {
      this.close(socket, network ?? address)
      return false
    }
    this.taken++
    if (network !== undefined) this.networks.set(network, (this.networks.get(network) ?? new Set()).add(socket))
    socket.once("close", () => this.leave(socket, network))
    return true
  }

  /** Closes a connection of the network that holds most, if that is more than the newcomer's would hold: an idle one first, then the oldest. */
  private makeRoom(own: number): boolean {
    let heaviest: readonly [network: string, sockets: Set<Socket>] | undefined
    for (const entry of this.networks) {
      if (entry[1].size > (heaviest?.[1].size ?? own + 1)) heaviest = entry
    }
    if (heaviest === undefined) return false
    const [network, sockets] = heaviest
    const [oldest] = sockets
    const leaver = [...sockets].find(this.options.isIdle) ?? oldest
    if (leaver === undefined) return false
    this.leave(leaver, network)
    this.close(leaver, network)
    return true
  }

  private close(socket: Socket, network: string): void {
    socket.destroy()
    this.options.onClosed?.(network)
  }

  /** A connection that gave up its seat closes later, and must not give up a second one. */
  private leave(socket: Socket, network: string | undefined): void {
    if (network !== undefined) {
      const sockets = this.networks.get(network)
      if (sockets?.delete(socket) !== true) return
      if (sockets.size === 0) this.networks.delete(network)
    }
    this.taken--
  }
}
