import type { Deferred } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { Holder } from "./Holders.js"
import type { Slot } from "./Supply.js"

/**
 * Rank of a caller in the queue; within a rank, the order is that of request. `again`: it has lost its transaction
 * through no fault of its own. `background`: it goes last, but waits no longer than `backgroundPatience` for others.
 */
export type Rank = "again" | "usual" | "background"

/** A place in the queue. `slot` is set in the same step in which the connection is handed over. */
export interface Ticket {
  readonly ready: Deferred.Deferred<void, DatabaseFailure>
  readonly holder: Holder
  readonly rank: Rank
  readonly shares: boolean
  slot: Slot | undefined
}

/** Milliseconds for which callers of rank `background` let others go first. */
const backgroundPatience = 1_000

/** The callers that wait for a connection: by rank, and in order of arrival within a rank. */
export class CallerQueue {
  /** A Set keeps the order of insertion and removes any entry in constant time. */
  readonly #ranks = { again: new Set<Ticket>(), usual: new Set<Ticket>(), background: new Set<Ticket>() }

  get size(): number {
    const { again, background, usual } = this.#ranks
    return again.size + usual.size + background.size
  }

  add(ticket: Ticket): void {
    this.#ranks[ticket.rank].add(ticket)
  }

  delete(ticket: Ticket): void {
    this.#ranks[ticket.rank].delete(ticket)
  }

  /** The ticket whose turn it is. */
  next(now: number): Ticket | undefined {
    const { again, background, usual } = this.#ranks
    const [first] = again
    if (first !== undefined) return first
    const [early] = usual
    const [patient] = background
    if (early === undefined || patient === undefined) return early ?? patient
    return now - patient.holder.since >= backgroundPatience ? patient : early
  }

  /** Removes the tickets of callers that came at this time or before, and returns them. */
  takeSince(time: number): ReadonlyArray<Ticket> {
    const taken: Array<Ticket> = []
    for (const tickets of Object.values(this.#ranks)) {
      for (const ticket of tickets) {
        if (ticket.holder.since > time) break
        tickets.delete(ticket)
        taken.push(ticket)
      }
    }
    return taken
  }
}
