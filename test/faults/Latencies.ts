/** How long answers took, in milliseconds, as whoever asked measured it. */
export class Latencies {
  readonly #millis: Array<number> = []

  /** Measures one question. */
  async measure<A>(question: () => Promise<A>): Promise<A> {
    const since = performance.now()
    const answer = await question()
    this.#millis.push(performance.now() - since)
    return answer
  }

  get count(): number {
    return this.#millis.length
  }

  /** The time within which this share of the answers came (0.99: the 99th percentile); none without answers. */
  quantile(share: number): number | undefined {
    const sorted = this.#millis.toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  }
}
