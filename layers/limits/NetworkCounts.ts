/** Maximum number of networks of one width; the longest idle ones are evicted. Three widths take some megabytes. */
const maxNetworks = 20_000

/** How long a network's attempts count after its last one, in milliseconds. */
const memory = 24 * 60 * 60 * 1000

interface Count {
  readonly attempts: number
  readonly lastAt: number
}

/** Number of attempts of each network, at several widths, the narrowest first. Times are in epoch milliseconds. */
export class NetworkCounts {
  private readonly levels: ReadonlyArray<Map<string, Count>>

  constructor(widths: number) {
    this.levels = Array.from({ length: widths }, () => new Map())
  }

  of(level: number, network: string, now: number): number {
    const known = this.levels[level]?.get(network)
    return known === undefined || known.lastAt + memory <= now ? 0 : known.attempts
  }

  add(networks: ReadonlyArray<string>, now: number): void {
    for (const [level, network] of networks.entries()) {
      const counts = this.levels[level]
      const attempts = this.of(level, network, now) + 1
      counts?.delete(network)
      const [oldest] = counts === undefined || counts.size < maxNetworks ? [] : counts.keys()
      if (oldest !== undefined) counts?.delete(oldest)
      counts?.set(network, { attempts, lastAt: now })
    }
  }

  /** Removes the attempts of the narrowest network, and subtracts them from the wider ones. */
  forgive(networks: ReadonlyArray<string>): void {
    const forgiven = this.levels[0]?.get(networks[0] ?? "")?.attempts ?? 0
    for (const [level, network] of networks.entries()) {
      const counts = this.levels[level]
      const known = counts?.get(network)
      if (known === undefined) continue
      if (known.attempts <= forgiven) counts?.delete(network)
      else counts?.set(network, { ...known, attempts: known.attempts - forgiven })
    }
  }
}
