import type { Socket } from "node:net"
import { isNearby, networkOf } from "../../src/domain/Network.js"
import { limits } from "./HttpLimits.js"

/** Limits of open connections. */
export interface SeatBounds {
  readonly total: number
  /** For one network (an IPv4 address, an IPv6 /64). */
  readonly perNetwork: number
}

/** Options of the connection limits. */
export interface SeatOptions {
  /** Returns whether an address is a configured proxy, which carries many clients. */
  readonly isProxy: (address: string) => boolean
  /** Returns whether a connection has no pending response. */
  readonly isIdle: (socket: Socket) => boolean
  /** Called for every connection that is closed because of a limit. */
  readonly onClosed?: ((network: string) => void) | undefined
  readonly bounds?: SeatBounds | undefined
  /** Address of a connection's client; empty if unknown. */
  readonly addressOf?: ((socket: Socket) => string) | undefined
}

/**
 * Decides which connections stay when there are too many. No network exceeds its limit, and when the total is reached,
 * the network with most connections loses one, so that a few addresses cannot keep others out.
 *
 * Configured proxies and nearby addresses have only the total as limit, because many clients may be behind them.
 */
export class Seats {
  private readonly networks = new Map<string, Set<Socket>>()
  private readonly bounds: SeatBounds
  private taken = 0

  constructor(private readonly options: SeatOptions) {
    this.bounds = options.bounds ?? { total: limits.maxConnections, perNetwork: limits.maxConnectionsPerNetwork }
  }

  /** Admits a new connection or closes it; returns whether it stays. */
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

  /**
   * Closes a connection of the network with most connections, if that has more than the new connection's network would:
   * an idle one first, then the oldest.
   */
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

  /** An evicted connection closes later, and must not be counted twice. */
  private leave(socket: Socket, network: string | undefined): void {
    if (network !== undefined) {
      const sockets = this.networks.get(network)
      if (sockets?.delete(socket) !== true) return
      if (sockets.size === 0) this.networks.delete(network)
    }
    this.taken--
  }
}
