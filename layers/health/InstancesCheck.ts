import { Effect, Option } from "effect"
import { Instances } from "../../src/services/Instances.js"
import { type Check, degraded, healthy } from "./Check.js"

/** Difference of the clocks above which sessions, codes and scheduled posts would not agree. Milliseconds. */
const clockLimit = 30_000

/**
 * Compares this instance with the others of the site: settings that differ, and a clock that differs from the database's,
 * are degraded. None if the process is the only one. Reads memory only.
 */
export const instances: Effect.Effect<Option.Option<Check>> = Effect.map(Instances, (instances) =>
  instances.name === ""
    ? Option.none()
    : Option.some({
        name: "instances",
        look: Effect.sync(() => {
          const settings = [...new Set(instances.others().flatMap(({ differing }) => differing))]
          const ahead = instances.clockAhead()
          const details = {
            instance: instances.name,
            count: instances.count(),
            leads: instances.leads(),
            clock_behind_ms: Math.round(ahead)
          }
          if (settings.length > 0) return degraded("settings_differ", { ...details, settings: settings.join(", ") })
          return Math.abs(ahead) > clockLimit ? degraded("clock_differs", details) : healthy(details)
        })
      })
)
