import { Context, type Effect } from "effect"
import type { ActivityEvent, RecordedEvent } from "../domain/ActivityEvent.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** Which stretch of the newest-first order to answer. */
export interface ActivityRange {
  /** Only events older than the one of this number. */
  readonly before?: number
  /** Only events newer than the one of this number. */
  readonly after?: number
  /** 1 to 100. */
  readonly limit: number
  readonly refusedOnly?: boolean
}

/** A stretch of events, newest first, and whether there are more on either side. */
export interface ActivityPage {
  readonly events: ReadonlyArray<RecordedEvent>
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** The last requests of clients, granted or refused, so that the owner can see why one does not get through. Bounded. */
export class Activity extends Context.Tag("starpunk/Activity")<
  Activity,
  {
    /**
     * Takes note of a request. Never waits and never fails: events are written down in batches beside the requests, and
     * lost, and counted, where that is not possible.
     */
    readonly record: (event: ActivityEvent) => Effect.Effect<void>
    /** What was recorded before this call and not lost is among it, up to the bounds of `kept`. */
    readonly list: (range: ActivityRange) => Effect.Effect<ActivityPage, DatabaseFailure>
    /** How many events this process has lost so far. */
    readonly lost: Effect.Effect<number>
  }
>() {}
