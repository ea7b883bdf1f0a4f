import { Clock, Duration, Effect } from "effect"

/** Failures in a row after which nothing is sent for a while, and how long. */
const limits = { failures: 6, pause: Duration.seconds(5) }

/**
 * Stops sending requests to a service that fails. After some failures in a row it fails at once with the last one; after a
 * pause, one request is let through, and its success ends the pause.
 */
export const make = <F>(isOutage: (failure: F) => boolean) => {
  let failures = 0
  let closedUntil = 0
  let last: F | undefined
  return <A, R>(request: Effect.Effect<A, F, R>): Effect.Effect<A, F, R> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if (last !== undefined && failures >= limits.failures) {
        if (now < closedUntil) return Effect.fail(last)
        // The others wait for what becomes of this one.
        closedUntil = now + Duration.toMillis(limits.pause)
      }
      return Effect.tapBoth(request, {
        onSuccess: () =>
          Effect.sync(() => {
            failures = 0
          }),
        onFailure: (failure) =>
          Effect.map(Clock.currentTimeMillis, (later) => {
            if (!isOutage(failure)) {
              failures = 0
              return
            }
            failures += 1
            last = failure
            closedUntil = later + Duration.toMillis(limits.pause)
          })
      })
    })
}
