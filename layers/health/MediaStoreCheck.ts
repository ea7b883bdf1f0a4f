import { Effect, Option, type Scope } from "effect"
import type { SettingsValues } from "../../src/settings/Config.js"
import { type Check, degraded, healthy } from "./Check.js"
import { mediaDirectory } from "./MediaCheck.js"

/** Asks the object store for a small object every minute. */
const ofObjects = (settings: SettingsValues["objectStore"]) =>
  Option.map(settings.address, (address) =>
    Effect.gen(function* () {
      const { ObjectStore, Probe } = yield* Effect.promise(async () => {
        const [ObjectStore, Probe] = await Promise.all([import("../s3/ObjectStore.js"), import("../s3/Probe.js")])
        return { ObjectStore, Probe }
      })
      const objects = yield* ObjectStore.make(settings, address)
      const check: Check = {
        name: "media",
        interval: "1 minute",
        deadline: "20 seconds",
        // Pages, search and posts without new files do not need it.
        look: Probe.look(objects).pipe(
          Effect.as(healthy({ place: "object_store" })),
          Effect.catchAll((failure) =>
            Effect.succeed(degraded("reason" in failure ? failure.reason : "full", { place: "object_store" }))
          )
        )
      }
      return check
    })
  )

/** The check of the place where media are: a directory, or an object store, whose code is loaded only then. */
export const media = ({ dataPath, objectStore }: SettingsValues): Effect.Effect<Check, never, Scope.Scope> =>
  Option.getOrElse(ofObjects(objectStore), () => Effect.succeed(mediaDirectory(dataPath)))
