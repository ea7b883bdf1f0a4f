import { describe } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as MediaObjects from "../../../layers/s3/MediaObjects.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { Settings } from "../../../src/settings/Config.js"
import * as ObjectStore from "../../fixtures/ObjectStore.js"
import { temporaryDirectory } from "../../fixtures/Sqlite.js"
import { settings } from "../../fixtures/TestServer.js"
import { conforms } from "./MediaStore.js"

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)
const database = TestDatabase.database().pipe(Layer.provide(quiet), Layer.orDie)

/** The object store judges requests by its own clock, not by that of a test. */
const clock = Clock.make().currentTimeMillis

const objects = Layer.unwrapScoped(
  Effect.gen(function* () {
    const dataPath = yield* temporaryDirectory
    const { bucket, settings: objectStore } = yield* ObjectStore.bucket
    return MediaObjects.layer({ bucket, prefix: "blog" }, { clock }).pipe(
      Layer.provide(
        Layer.mergeAll(
          database,
          quiet,
          Layer.succeed(Settings, { ...settings, objectStore, dataPath, media: { maxSizeMb: 1 } })
        )
      )
    )
  })
)

describe.skipIf(ObjectStore.whyNot !== undefined)("over an object store", () => {
  conforms("in objects of OpenStack Swift", objects)
})
