import { Effect, type Scope } from "effect"

/** Counts the requests whose fibers run, so that nothing they use is taken away before their last finalizer. */
export class RunningRequests {
  private count = 0
  private readonly waiting = new Set<() => void>()

  /** Counts for as long as the scope of a request is open. Finalizers run backwards: acquired first, it is released last. */
  readonly track: Effect.Effect<void, never, Scope.Scope> = Effect.acquireRelease(
    Effect.sync(() => {
      this.count++
    }),
    () =>
      Effect.sync(() => {
        this.count--
        if (this.count === 0) for (const resume of this.waiting) resume()
      })
  )

  /** Waits until none runs. */
  readonly none: Effect.Effect<void> = Effect.async((resume) => {
    if (this.count === 0) return resume(Effect.void)
    const done = () => resume(Effect.void)
    this.waiting.add(done)
    return Effect.sync(() => this.waiting.delete(done))
  })
}
