/**
 * Long synchronous work that yields after each of its steps, which take some microseconds. The caller decides what runs
 * between them.
 */
export type Steps<A> = Generator<void, A, void>

/** Runs work to its end at once. */
export const finished = <A>(work: Steps<A>): A => {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}
