import { Context, type Duration, type Effect } from "effect"
import type { TooManyAttempts } from "../errors/Login.js"

/** A queue of attempts and its rate. */
export interface Line {
  /** What is attempted. Attempts of one kind never wait for those of another. */
  readonly kind: string
  /** Time between two attempts in the first lane. It doubles from lane to lane. */
  readonly every: Duration.Duration
  readonly lanes: number
  /** Attempts that each lane admits at once after it was idle. */
  readonly burst: number
}

/** Maximum time that an attempt waits, in milliseconds: proxies commonly give up after a minute. */
export const turnPatience = 40_000

/** Maximum number of waiting attempts of one kind. Each is an open request. */
export const maxWaiting = 200

/**
 * Admits attempts one at a time and at a bounded rate. The more attempts a network made within a day, the slower the
 * lane of its next attempt, and the later its turn there. A network without attempts therefore passes all that have
 * some, however many they are. Among equals the newest goes first, so that an earlier crowd does not delay a new
 * caller.
 */
export class Turns extends Context.Tag("starpunk/Turns")<
  Turns,
  {
    /**
     * Runs an attempt when its turn comes. `networks` are those of the caller, the narrowest first. Success removes the
     * attempt from their counts. Fails with TooManyAttempts if the turn does not come within `turnPatience`, or if more
     * than `maxWaiting` attempts with priority are waiting.
     */
    readonly run: <A, E, R>(
      line: Line,
      networks: ReadonlyArray<string>,
      attempt: Effect.Effect<A, E, R>
    ) => Effect.Effect<A, E | TooManyAttempts, R>
  }
>() {}
