import { Context, type Effect } from "effect"
import type { OwnHosts } from "../domain/posts/OwnAddress.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** The addresses under which the site is and was served, as origins such as `https://me.example`. */
export interface AddressHistory {
  /** Origins, in the order in which they were first used or configured. */
  readonly all: ReadonlyArray<string>
  /** The origin that the settings name. */
  readonly current: string
  /** The first origin that is publicly reachable (no loopback address). Feed ids contain it, so it never changes. */
  readonly first: string
  /** Hosts of all origins; addresses there are addresses of this site. */
  readonly hosts: OwnHosts
}

/**
 * Records the addresses under which the site is and was served, so that stored and published addresses stay valid after
 * a move.
 */
export class SiteAddresses extends Context.Tag("starpunk/SiteAddresses")<
  SiteAddresses,
  {
    /** The current address, those in `STARPUNK_FORMER_URLS`, and those under which a server ran on this database. */
    readonly history: Effect.Effect<AddressHistory, DatabaseFailure>
    /** Records the current address and those in `STARPUNK_FORMER_URLS`. A server calls it at its start, before it serves. */
    readonly record: Effect.Effect<void, DatabaseFailure>
    /**
     * Converts addresses in stored posts that hold the host of a newly recorded address, in small transactions beside
     * other writers. Returns the number of changed posts. Does nothing if every recorded address has been processed.
     */
    readonly convertPosts: Effect.Effect<number, DatabaseFailure>
  }
>() {}
