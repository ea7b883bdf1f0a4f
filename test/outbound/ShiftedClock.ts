import { Clock, Duration, Effect } from "effect"

/**
 * The real clock, some time ahead: what waits for a socket waits as ever, and a minute passes at once. Whatever sleeps wakes
 * up `pace` times as fast.
 */
export const shiftedClock = (pace = 1) => {
  const real = Clock.make()
  let aheadMillis = 0
  const millis = () => real.unsafeCurrentTimeMillis() + aheadMillis
  const nanos = () => real.unsafeCurrentTimeNanos() + BigInt(aheadMillis) * 1_000_000n
  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    sleep: (duration) => real.sleep(Duration.times(duration, 1 / pace)),
    unsafeCurrentTimeMillis: millis,
    unsafeCurrentTimeNanos: nanos,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanos: Effect.sync(nanos)
  }
  return {
    clock,
    pass: (duration: number) => {
      aheadMillis += duration
    }
  }
}
