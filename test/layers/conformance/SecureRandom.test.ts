import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Memory from "../../../layers/memory/SecureRandom.js"
import * as Node from "../../../layers/process/SecureRandom.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { conforms } from "./SecureRandom.js"

conforms("node", Node.layer)
conforms("memory", Memory.layer)

it.effect("the memory layer repeats its bytes for the same seed, and differs for another", () =>
  Effect.gen(function* () {
    const story = (seed: number) =>
      Effect.flatMap(SecureRandom, (random) => Effect.all([random.hex(16), random.base64url(16)])).pipe(
        Effect.provide(Memory.layerSeeded(seed))
      )
    expect(yield* story(7)).toEqual(yield* story(7))
    expect(yield* story(7)).not.toEqual(yield* story(8))
  })
)
