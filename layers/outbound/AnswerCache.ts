import { Deferred, Duration, Effect, type Exit, FiberId } from "effect"
import { BoundedMap } from "../../src/domain/BoundedMap.js"

interface Entry<A, E> {
  readonly answer: Deferred.Deferred<A, E>
  /** Epoch milliseconds; absent while the request is running. */
  expiresAt?: number
}

/** Number of cached answers, and how long each is valid. */
export interface Options<A, E> {
  readonly capacity: number
  readonly timeToLive: (exit: Exit.Exit<A, E>) => Duration.Duration
}

/**
 * A cache of answers, failures included, that runs one request at a time for each key: concurrent callers share the
 * answer. Requests run in the scope of the cache, so that an interrupted caller does not take the answer from others.
 * Beyond its capacity it drops the oldest.
 */
export const make = <A, E>({ capacity, timeToLive }: Options<A, E>) =>
  Effect.map(Effect.scope, (scope) => {
    const entries = new BoundedMap<string, Entry<A, E>>(capacity)

    const newEntry = (key: string): Entry<A, E> => {
      const entry: Entry<A, E> = { answer: Deferred.unsafeMake(FiberId.none) }
      entries.set(key, entry)
      return entry
    }

    return <R>(key: string, question: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.uninterruptibleMask((restore) =>
        Effect.clockWith((clock) => {
          const known = entries.get(key)
          if (known !== undefined && (known.expiresAt ?? Number.POSITIVE_INFINITY) > clock.unsafeCurrentTimeMillis()) {
            return restore(Deferred.await(known.answer))
          }
          const entry = newEntry(key)
          const asking = Effect.onExit(Effect.interruptible(question), (exit) => {
            entry.expiresAt = clock.unsafeCurrentTimeMillis() + Duration.toMillis(timeToLive(exit))
            return Deferred.done(entry.answer, exit)
          })
          return Effect.zipRight(Effect.forkIn(asking, scope), restore(Deferred.await(entry.answer)))
        })
      )
  })
