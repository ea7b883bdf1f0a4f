import { Clock, Effect, Layer } from "effect"
import { kept, type RecordedEvent } from "../../src/domain/ActivityEvent.js"
import { Activity } from "../../src/services/Activity.js"

/** In-memory activity log for tests. */
export const layer: Layer.Layer<Activity> = Layer.sync(Activity, () => {
  let newest = 0
  let events: ReadonlyArray<RecordedEvent> = []

  const trimmed = (now: number): ReadonlyArray<RecordedEvent> => {
    const young = events.filter(({ at }) => at > now - kept.millis)
    const granted = young.filter(({ refusal }) => refusal === undefined).slice(0, kept.granted)
    const refused = young.filter(({ refusal }) => refusal !== undefined).slice(0, kept.refused)
    return [...granted, ...refused].toSorted((a, b) => b.id - a.id)
  }

  return {
    record: (event) =>
      Effect.sync(() => {
        newest += 1
        events = [{ ...event, id: newest }, ...events]
      }),
    list: Effect.fn("Activity.list")(function* ({ after, before, limit, refusedOnly = false }) {
      events = trimmed(yield* Clock.currentTimeMillis)
      const wanted = refusedOnly ? events.filter(({ refusal }) => refusal !== undefined) : events
      const within = wanted.filter(
        ({ id }) => (before === undefined || id < before) && (after === undefined || id > after)
      )
      const found = after !== undefined && before === undefined ? within.slice(-limit) : within.slice(0, limit)
      const first = found[0]?.id ?? (before === undefined ? undefined : before - 1)
      const last = found.at(-1)?.id ?? (after === undefined ? undefined : after + 1)
      return {
        events: found,
        hasNewer: first !== undefined && wanted.some(({ id }) => id > first),
        hasOlder: last !== undefined && wanted.some(({ id }) => id < last)
      }
    }),
    lost: Effect.succeed(0)
  }
})
