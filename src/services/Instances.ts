import { Context, Effect } from "effect"
import type { SiteElsewhere } from "../errors/Startup.js"

/** A running server of the site. */
export interface Instance {
  /** `STARPUNK_INSTANCE`, or the host and the process id. */
  readonly name: string
  readonly version: string
  /** Whether it does the background work of the site. */
  readonly leads: boolean
  /** Names of the settings that differ from those of this instance. */
  readonly differing: ReadonlyArray<string>
}

export interface InstancesShape {
  /** Name of this instance; empty if it can only be the only one. */
  readonly name: string
  /** Joins the other instances, after the migrations. Fails if they serve another site from the same database. */
  readonly join: Effect.Effect<void, SiteElsewhere>
  /**
   * Waits until this instance leads, and runs a part of the background work. One instance does all of that work. Interrupts
   * it if the lead is lost.
   */
  readonly whileLeading: <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A | undefined, E, R>
  /** Number of instances as far as known, at least 1. */
  readonly count: () => number
  /** The other instances, as they were a second ago. */
  readonly others: () => ReadonlyArray<Instance>
  /** How far the clock of the database is ahead of this machine's, in milliseconds. */
  readonly clockAhead: () => number
  /** Whether this instance leads. */
  readonly leads: () => boolean
}

/** The instances of the site on one database. By default, as on SQLite, this process is the only one and leads. */
export class Instances extends Context.Reference<Instances>()("starpunk/Instances", {
  defaultValue: (): InstancesShape => ({
    name: "",
    join: Effect.void,
    whileLeading: (work) => work,
    count: () => 1,
    others: () => [],
    clockAhead: () => 0,
    leads: () => true
  })
}) {}
