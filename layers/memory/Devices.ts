import { Effect, Layer, Option, Redacted } from "effect"
import { Devices } from "../../src/services/Devices.js"

/** Recognizes no browser, for tests without an owner. */
export const layerStrangers: Layer.Layer<Devices> = Layer.succeed(Devices, {
  mark: Effect.succeed(Redacted.make("")),
  find: () => Effect.succeed(Option.none())
})
