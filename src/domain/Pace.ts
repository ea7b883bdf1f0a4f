import { Duration } from "effect"

/** `burst` attempts at once, then one per `every`. */
export interface Pace {
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * The generic cell rate algorithm (ITU-T I.371), which stores one instant per key: when its allowance is full again.
 * Returns the wait in milliseconds; 0 if there is an attempt left.
 */
export const waitFor = ({ burst, every }: Pace, restoredAt: number, now: number): number =>
  Math.max(0, restoredAt - (burst - 1) * Duration.toMillis(every) - now)
