import type { Socket } from "node:net"
import type { HttpServerRequest } from "@effect/platform"
import { toIncomingMessage } from "@effect/platform-node/NodeHttpServerRequest"
import { Clock, Effect, Layer } from "effect"
import { isNearby, networkOf } from "../../src/domain/Network.js"
import { ServerBusy } from "../../src/errors/Availability.js"
import { type Claim, InFlight } from "../../src/services/InFlight.js"
import { Logger } from "../../src/services/Logger.js"

/** Limits of memory held by requests. Bytes and milliseconds. */
export interface InFlightBounds {
  /** For all requests together. */
  readonly total: number
  /**
   * For the requests of one network, except nearby addresses, because all visitors behind an unlisted proxy share one.
   */
  readonly perNetwork: number
  /**
   * Bytes of each request that are not counted: most requests and responses are smaller, and 4,096 connections hold 64
   * MiB of them.
   */
  readonly free: number
  /** How long a connection without traffic is kept when the limit is reached. */
  readonly patience: number
}

/** Room for the largest form of the editor (12 MiB) and its response, twice. */
const productionBounds: InFlightBounds = {
  total: 50_331_648,
  perNetwork: 25_165_824,
  free: 16_384,
  patience: 5_000
}

/** Interval in which connections are checked while the limit is reached, in milliseconds. */
const lookEvery = 1_000

/** Minimum time between two log lines about cut connections, in milliseconds. */
const sayEvery = 60_000

/** The memory that one request holds. */
class Held {
  bytes = 0
  /** Whether it was cut off to make room for other requests. */
  isCut = false
  private moved = -1
  private movedAt = 0

  constructor(
    readonly network: string,
    readonly isNear: boolean,
    private readonly socket: Socket
  ) {}

  /** How long there was no traffic on the connection, as of the last check. */
  stillFor(now: number): number {
    const moved = this.socket.bytesRead + this.socket.bytesWritten
    if (moved !== this.moved) {
      this.moved = moved
      this.movedAt = now
    }
    return now - this.movedAt
  }

  cut(): void {
    this.isCut = true
    this.socket.destroy()
  }
}

/** Requests of one network that hold memory, earliest first. */
interface Network {
  bytes: number
  readonly held: Set<Held>
}

/** The memory held per network. Decides which requests are cut off. */
class Ledger {
  total = 0
  cuts = 0
  private readonly networks = new Map<string, Network>()
  private lookedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly bounds: InFlightBounds) {}

  /** Counts more bytes for a request; returns false if there is no room. */
  grow(held: Held, bytes: number, now: number): boolean {
    const { free, perNetwork, total } = this.bounds
    const need = Math.max(0, held.bytes + bytes - free) - Math.max(0, held.bytes - free)
    if (held.isCut) return false
    if (need > 0) {
      const own = () => this.networks.get(held.network)?.bytes ?? 0
      const fitsNetwork = () => held.isNear || own() + need <= perNetwork
      const fitsTotal = () => this.total + need <= total
      if (!fitsNetwork() || !fitsTotal()) this.cutStill(now)
      while (fitsNetwork() && !fitsTotal() && this.cutHeaviest(held, own() + need)) {}
      if (!fitsNetwork() || !fitsTotal()) return false
      const network = this.networks.get(held.network) ?? { bytes: 0, held: new Set() }
      network.bytes += need
      network.held.add(held)
      this.networks.set(held.network, network)
      this.total += need
    }
    held.bytes += bytes
    return true
  }

  release(held: Held): void {
    const counted = Math.max(0, held.bytes - this.bounds.free)
    const network = this.networks.get(held.network)
    held.bytes = 0
    if (network?.held.delete(held) !== true) return
    network.bytes -= counted
    this.total -= counted
    if (network.held.size === 0) this.networks.delete(held.network)
  }

  private cut(held: Held): void {
    this.cuts++
    this.release(held)
    held.cut()
  }

  /** Cuts every connection without traffic for longer than the patience. */
  private cutStill(now: number): void {
    if (now - this.lookedAt < lookEvery) return
    this.lookedAt = now
    for (const { held } of [...this.networks.values()]) {
      for (const one of [...held]) if (one.stillFor(now) >= this.bounds.patience) this.cut(one)
    }
  }

  /** Cuts the earliest request of the network that holds most, if that is more than `least` and another network. */
  private cutHeaviest(held: Held, least: number): boolean {
    let heaviest: Network | undefined
    for (const network of this.networks.values()) if (network.bytes > (heaviest?.bytes ?? least)) heaviest = network
    const [earliest] = heaviest?.held ?? []
    if (earliest === undefined || earliest.network === held.network) return false
    this.cut(earliest)
    return true
  }
}

/** The memory limits of this process. */
export const layerBounds = (bounds: InFlightBounds): Layer.Layer<InFlight, never, Logger> =>
  Layer.effect(
    InFlight,
    Effect.gen(function* () {
      const log = (yield* Logger).named("starpunk.server")
      const ledger = new Ledger(bounds)
      let saidAt = Number.NEGATIVE_INFINITY
      let said = 0

      const tell = (now: number) => {
        if (ledger.cuts === said || now - saidAt < sayEvery) return Effect.void
        const connections = ledger.cuts - said
        saidAt = now
        said = ledger.cuts
        return log.warning("Slow connections closed to free memory", { connections, held_bytes: ledger.total })
      }

      const claim = (request: HttpServerRequest.HttpServerRequest, address: string): Claim => {
        const held = new Held(networkOf(address), isNearby(address), toIncomingMessage(request).socket)
        return {
          grow: (bytes) =>
            Effect.flatMap(Clock.currentTimeMillis, (now) => {
              const fits = ledger.grow(held, bytes, now)
              const told = tell(now)
              return fits ? told : Effect.zipRight(told, new ServerBusy())
            }),
          release: () => ledger.release(held)
        }
      }

      return { claim, held: Effect.sync(() => ledger.total) }
    })
  )

/** With the limits for production. */
export const layer: Layer.Layer<InFlight, never, Logger> = layerBounds(productionBounds)
