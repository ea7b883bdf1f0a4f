import { Effect, Layer, Option, Redacted } from "effect"
import { Devices } from "../../src/services/Devices.js"

/** No browser is known, and none can be: for tests of what has no owner. */
export const layerStrangers: Layer.Layer<Devices> = Layer.succeed(Devices, {
  mark: Effect.succeed(Redacted.make("")),
  find: () => Effect.succeed(Option.none())
})
