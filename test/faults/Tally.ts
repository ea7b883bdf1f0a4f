/** An answer as a client sees it: its status, and the code of the error where there is one. */
export interface Seen {
  readonly status: number
  readonly code: string | undefined
}

/** Which answers were seen, and how often. */
export class Tally {
  readonly #counts = new Map<string, number>()

  add({ code, status }: Seen): void {
    const name = code === undefined ? String(status) : `${status} ${code}`
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Each kind of answer once, in words: `503 database.locked`. */
  get kinds(): ReadonlyArray<string> {
    return [...this.#counts.keys()].toSorted()
  }

  /** How many answers of this kind were seen. */
  of(kind: string): number {
    return this.#counts.get(kind) ?? 0
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }
}
