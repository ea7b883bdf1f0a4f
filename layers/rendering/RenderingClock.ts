/** Shows another thread which post is being rendered, and since when. */
export class RenderingClock {
  readonly #shared: BigInt64Array

  /** `memory` is that of the clock in the other thread. */
  constructor(readonly memory = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.#shared = new BigInt64Array(memory)
  }

  /** Starts the time of a post. Numbers of posts are positive. */
  begin(post: number): void {
    Atomics.store(this.#shared, 1, process.hrtime.bigint())
    Atomics.store(this.#shared, 0, BigInt(post))
  }

  /** Marks the thread as idle. */
  rest(): void {
    Atomics.store(this.#shared, 0, 0n)
  }

  /** The current post and its milliseconds so far; `undefined` while the thread is idle. */
  get current(): { readonly post: number; readonly millis: number } | undefined {
    const post = Number(Atomics.load(this.#shared, 0))
    if (post === 0) return undefined
    return { post, millis: Number(process.hrtime.bigint() - Atomics.load(this.#shared, 1)) / 1e6 }
  }
}
