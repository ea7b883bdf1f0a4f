import { Effect, Layer, Option } from "effect"
import type { Logger } from "../src/services/Logger.js"
import type { MediaStore } from "../src/services/MediaStore.js"
import type { SecureRandom } from "../src/services/SecureRandom.js"
import type { SqlPool } from "../src/services/SqlPool.js"
import { Settings } from "../src/settings/Config.js"
import * as MediaFiles from "./media/MediaFiles.js"

/** Objects in a store, loaded only by sites that use one. */
const objects = Effect.promise(() => import("./s3/MediaObjects.js"))

/** The store of media that the settings choose: a directory, or a bucket. */
export const layer: Layer.Layer<MediaStore, never, Settings | SqlPool | SecureRandom | Logger> = Layer.unwrapEffect(
  Effect.flatMap(Settings, ({ objectStore: { address } }) =>
    Option.match(address, {
      onNone: () => Effect.succeed(MediaFiles.layer),
      onSome: (address) => Effect.map(objects, ({ layer }) => layer(address))
    })
  )
)
