/** Latencies in milliseconds, as measured by the client. */
export class Latencies {
  readonly #millis: Array<number> = []

  /** Measures one request. */
  async measure<A>(question: () => Promise<A>): Promise<A> {
    const since = performance.now()
    const answer = await question()
    this.#millis.push(performance.now() - since)
    return answer
  }

  get count(): number {
    return this.#millis.length
  }

  /** Latency below which this share of the responses came (0.99: the 99th percentile); undefined without responses. */
  quantile(share: number): number | undefined {
    const sorted = this.#millis.toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  }
}
