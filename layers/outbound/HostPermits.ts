import { Effect } from "effect"

/** How many requests may be under way at a time. */
export interface Limits {
  readonly perHost: number
  readonly overall: number
}

/**
 * Lets so many through at a time, to one host and in all. Whoever waits for a host that is slow holds no place that another
 * host's requests need. Waiting can be interrupted.
 */
export const make = ({ overall, perHost }: Limits) => {
  const places = Effect.unsafeMakeSemaphore(overall)
  const lanes = new Map<string, { readonly places: Effect.Semaphore; users: number }>()

  const enter = (host: string) => {
    const lane = lanes.get(host) ?? { places: Effect.unsafeMakeSemaphore(perHost), users: 0 }
    lanes.set(host, lane)
    lane.users += 1
    return lane
  }

  return <A, E, R>(host: string, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.acquireUseRelease(
      Effect.sync(() => enter(host)),
      (lane) => lane.places.withPermits(1)(places.withPermits(1)(effect)),
      (lane) =>
        Effect.sync(() => {
          lane.users -= 1
          if (lane.users === 0) lanes.delete(host)
        })
    )
}
