import { Effect, Scope } from "effect"

/** Counts the requests whose fibers run, so that nothing they use is taken away before their last finalizer. */
export class RunningRequests {
  private count = 0
  private readonly waiting = new Set<() => void>()

  private readonly release = Effect.sync(() => {
    this.count--
    if (this.count === 0) for (const resume of this.waiting) resume()
  })

  /**
   * Counts for as long as the scope of a request is open. Finalizers run backwards: added first, this one runs last. To
   * be used where nothing can interrupt, as at the beginning of the platform's handler; `acquireRelease` would see to
   * that itself, and cost more than the rest of the pipeline.
   */
  readonly track: Effect.Effect<void, never, Scope.Scope> = Effect.flatMap(Effect.scope, (scope) => {
    this.count++
    return Scope.addFinalizer(scope, this.release)
  })

  /** Waits until none runs. */
  readonly none: Effect.Effect<void> = Effect.async((resume) => {
    if (this.count === 0) return resume(Effect.void)
    const done = () => resume(Effect.void)
    this.waiting.add(done)
    return Effect.sync(() => this.waiting.delete(done))
  })
}
