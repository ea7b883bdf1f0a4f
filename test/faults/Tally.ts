/** A response as a client sees it: its status, and the error code if there is one. */
export interface Seen {
  readonly status: number
  readonly code: string | undefined
}

/** Counts of the kinds of response. */
export class Tally {
  readonly #counts = new Map<string, number>()

  add({ code, status }: Seen): void {
    const name = code === undefined ? String(status) : `${status} ${code}`
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Each kind of response once, as text: `503 database.locked`. */
  get kinds(): ReadonlyArray<string> {
    return [...this.#counts.keys()].toSorted()
  }

  /** Number of responses of this kind. */
  of(kind: string): number {
    return this.#counts.get(kind) ?? 0
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }
}
