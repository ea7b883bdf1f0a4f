import { Effect } from "effect"

/** Limits of concurrent requests. */
export interface Limits {
  readonly perHost: number
  readonly overall: number
}

/**
 * Limits concurrent requests, per host and in total. A request that waits for a slow host takes no place from other
 * hosts. Waiting can be interrupted.
 */
export const make = ({ overall, perHost }: Limits) => {
  const places = Effect.unsafeMakeSemaphore(overall)
  const hosts = new Map<string, { readonly places: Effect.Semaphore; users: number }>()

  const enter = (host: string) => {
    const permits = hosts.get(host) ?? { places: Effect.unsafeMakeSemaphore(perHost), users: 0 }
    hosts.set(host, permits)
    permits.users += 1
    return permits
  }

  return <A, E, R>(host: string, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.acquireUseRelease(
      Effect.sync(() => enter(host)),
      (permits) => permits.places.withPermits(1)(places.withPermits(1)(effect)),
      (permits) =>
        Effect.sync(() => {
          permits.users -= 1
          if (permits.users === 0) hosts.delete(host)
        })
    )
}
