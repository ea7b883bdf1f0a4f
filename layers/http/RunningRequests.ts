import { Effect, Scope } from "effect"

/** Counts requests whose fibers run, so that services stay until their last finalizer. */
export class RunningRequests {
  private count = 0
  private readonly waiting = new Set<() => void>()

  private readonly release = Effect.sync(() => {
    this.count--
    if (this.count === 0) for (const resume of this.waiting) resume()
  })

  /**
   * Counts until the scope of a request closes. Finalizers run in reverse order, so this one, added first, runs last.
   * Use it where interruption is impossible, as at the beginning of the platform's handler; `acquireRelease` would
   * ensure that, but costs more than the rest of the pipeline.
   */
  readonly track: Effect.Effect<void, never, Scope.Scope> = Effect.flatMap(Effect.scope, (scope) => {
    this.count++
    return Scope.addFinalizer(scope, this.release)
  })

  /** Waits until no request runs. */
  readonly none: Effect.Effect<void> = Effect.async((resume) => {
    if (this.count === 0) return resume(Effect.void)
    const done = () => resume(Effect.void)
    this.waiting.add(done)
    return Effect.sync(() => this.waiting.delete(done))
  })
}
