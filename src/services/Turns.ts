import { Context, type Duration, type Effect } from "effect"
import type { TooManyAttempts } from "../errors/failure/Login.js"

/** One line of attempts, and how fast it moves. */
export interface Line {
  /** What is tried. Attempts of one kind never wait for those of another. */
  readonly kind: string
  /** The time between two attempts in the first lane. It doubles from lane to lane. */
  readonly every: Duration.Duration
  readonly lanes: number
  /** Attempts that each lane admits at once when it has been idle. */
  readonly burst: number
}

/** The longest that an attempt waits for its turn, in milliseconds: proxies commonly give up after a minute. */
export const turnPatience = 40_000

/** The most attempts of one kind that wait at once. Each is an open request. */
export const maxWaiting = 200

/**
 * Lets attempts through one at a time and at a bounded rate. The more attempts came from a network within a day, the slower
 * the lane that its next attempt waits in, and the later its turn there. A network that has not tried yet therefore passes
 * by all that have, however many they are. Among equals the newest goes first, so that a crowd that came earlier does not
 * hold up who comes now.
 */
export class Turns extends Context.Tag("starpunk/Turns")<
  Turns,
  {
    /**
     * Runs an attempt when its turn comes. `networks` are those of the caller, the narrowest first. Success takes the
     * attempt off their account. Fails with TooManyAttempts when the turn does not come within `turnPatience`, or when
     * more than `maxWaiting` with a better claim are waiting.
     */
    readonly run: <A, E, R>(
      line: Line,
      networks: ReadonlyArray<string>,
      attempt: Effect.Effect<A, E, R>
    ) => Effect.Effect<A, E | TooManyAttempts, R>
  }
>() {}
