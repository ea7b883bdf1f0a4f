import type { Steps } from "../Steps.js"

/** Ends of code spans by their start. Asked in the order of the text, since a map of each run would grow in long steps. */
export class SpanEnds {
  readonly #starts: Array<number> = []
  readonly #ends: Array<number> = []
  #next = 0

  /** The end of the span that starts here, if there is one. */
  at(start: number): number | undefined {
    while ((this.#starts[this.#next] ?? start) < start) this.#next += 1
    const end = this.#starts[this.#next] === start ? this.#ends[this.#next] : -1
    return end === -1 ? undefined : end
  }

  /** Finds the runs of backticks between two positions; each opens a span to the next run of the same length. */
  *find(text: string, from: number, to: number): Steps<void> {
    const open = new Map<number, number>()
    for (const { 0: run, index } of text.slice(from, to).matchAll(/`+/g)) {
      const start = from + index
      const before = open.get(run.length)
      if (before !== undefined) this.#ends[before] = start + run.length
      open.set(run.length, this.#starts.length)
      this.#starts.push(start)
      this.#ends.push(-1)
      yield
    }
  }
}
