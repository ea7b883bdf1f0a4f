import { Context, type Effect } from "effect"
import type { ActivityEvent, RecordedEvent } from "../domain/ActivityEvent.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** Part of the list, which is ordered newest first. */
export interface ActivityRange {
  /** Only events with a lower number. */
  readonly before?: number
  /** Only events with a higher number. */
  readonly after?: number
  /** 1 to 100. */
  readonly limit: number
  readonly refusedOnly?: boolean
}

/** Events, newest first, and whether there are newer and older ones. */
export interface ActivityPage {
  readonly events: ReadonlyArray<RecordedEvent>
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** The most recent requests of clients, granted or refused, so that the owner can see why a client fails. Bounded. */
export class Activity extends Context.Tag("starpunk/Activity")<
  Activity,
  {
    /**
     * Records a request. Never waits and never fails: events are written in batches in the background. Events that
     * cannot be written are dropped and counted.
     */
    readonly record: (event: ActivityEvent) => Effect.Effect<void>
    /**
     * Includes every event that was recorded before this call, unless it was dropped or removed by the bounds of
     * `kept`.
     */
    readonly list: (range: ActivityRange) => Effect.Effect<ActivityPage, DatabaseFailure>
    /** Number of events that this process has dropped so far. */
    readonly lost: Effect.Effect<number>
  }
>() {}
