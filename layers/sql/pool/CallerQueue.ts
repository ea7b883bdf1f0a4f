import type { Deferred } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { PooledConnection } from "./ConnectionSupply.js"
import type { Holder } from "./LeakDetector.js"

/**
 * Rank of a caller in the queue; within a rank, the order is that of request. `again`: it has lost its transaction
 * through no fault of its own. `background`: it goes last, but waits no longer than `backgroundPatience` for others.
 */
export type Rank = "again" | "usual" | "background"

/** A place in the queue. `connection` is set in the same step in which the connection is handed over. */
export interface Waiter {
  readonly ready: Deferred.Deferred<PooledConnection, DatabaseFailure>
  readonly holder: Holder
  /** How long it waits, in milliseconds. */
  readonly patience: number
  readonly rank: Rank
  readonly shares: boolean
  connection: PooledConnection | undefined
}

/** Milliseconds for which callers of rank `background` let others go first. */
const backgroundPatience = 1_000

/** The callers that wait for a connection: by rank, and in order of arrival within a rank. */
export class CallerQueue {
  /** A Set keeps the order of insertion and removes any entry in constant time. */
  readonly #ranks = { again: new Set<Waiter>(), usual: new Set<Waiter>(), background: new Set<Waiter>() }

  get size(): number {
    const { again, background, usual } = this.#ranks
    return again.size + usual.size + background.size
  }

  add(waiter: Waiter): void {
    this.#ranks[waiter.rank].add(waiter)
  }

  delete(waiter: Waiter): void {
    this.#ranks[waiter.rank].delete(waiter)
  }

  /** The waiter whose turn it is. */
  next(now: number): Waiter | undefined {
    const { again, background, usual } = this.#ranks
    const [first] = again
    if (first !== undefined) return first
    const [early] = usual
    const [patient] = background
    if (early === undefined || patient === undefined) return early ?? patient
    return now - patient.holder.since >= backgroundPatience ? patient : early
  }

  /** The waiters with this patience. The one that has waited longest comes first. */
  withPatience(millis: number): ReadonlyArray<Waiter> {
    const { again, background, usual } = this.#ranks
    const found = [...again, ...usual, ...background].filter(({ patience }) => patience === millis)
    return found.toSorted((one, other) => one.holder.since - other.holder.since)
  }

  /** Removes the waiters of callers that came at this time or before, and returns them. */
  takeSince(time: number): ReadonlyArray<Waiter> {
    const taken: Array<Waiter> = []
    for (const waiters of Object.values(this.#ranks)) {
      for (const waiter of waiters) {
        if (waiter.holder.since > time) break
        waiters.delete(waiter)
        taken.push(waiter)
      }
    }
    return taken
  }
}
