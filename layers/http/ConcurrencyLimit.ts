/** Bounds of a concurrency limit, and the parameters of its adjustment. */
export interface LimitBounds {
  /** Minimum of the limit. */
  readonly least: number
  /** Maximum of the limit. */
  readonly most: number
  /** How long the quickest request of an interval may take before the limit falls, in milliseconds. */
  readonly quickest: number
  /** How often the limit is adjusted, in milliseconds. */
  readonly interval: number
}

/**
 * Handlers share one thread, so more than a few at once only make each other slow. The quickest request takes some
 * milliseconds on an idle machine; if it takes 60, all of them wait for the thread.
 */
const productionBounds: LimitBounds = { least: 4, most: 64, quickest: 60, interval: 100 }

/**
 * Number of requests that run at once. It adapts to their durations: one more when the limit was reached, a tenth less
 * when even the quickest request was slow (additive increase, multiplicative decrease). The quickest request shows how
 * long requests wait inside the process, regardless of what the others request.
 */
export class ConcurrencyLimit {
  private limit: number
  private running = 0
  private quickest = Number.POSITIVE_INFINITY
  private isReached = false
  private adjustedAt = 0

  constructor(private readonly bounds: LimitBounds = productionBounds) {
    this.limit = 2 * bounds.least
  }

  /** Number of requests that may run at once. */
  get current(): number {
    return Math.floor(this.limit)
  }

  /** Whether another request may begin. */
  get hasRoom(): boolean {
    return this.running < this.current
  }

  begin(): void {
    this.running++
    this.isReached ||= !this.hasRoom
  }

  /** A request is done after `took` milliseconds; `now` is a monotonic time in milliseconds. */
  end(took: number, now: number): void {
    this.running--
    this.quickest = Math.min(this.quickest, took)
    if (now - this.adjustedAt >= this.bounds.interval) this.adjust(now)
  }

  private adjust(now: number): void {
    const { least, most, quickest } = this.bounds
    if (this.quickest > quickest) this.limit = Math.max(least, this.limit * 0.9)
    else if (this.isReached) this.limit = Math.min(most, this.limit + 1)
    this.quickest = Number.POSITIVE_INFINITY
    this.isReached = !this.hasRoom
    this.adjustedAt = now
  }
}
