import { Effect, Stream } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { MediaStorageFailure } from "../../src/errors/MediaStorage.js"
import { type MediaAddress, writeMediaAddress } from "../../src/settings/MediaAddress.js"
import { endpointOf, type ObjectStoreSettings } from "./Connection.js"
import { make, type ObjectStoreOptions } from "./ObjectStore.js"
import { clockAhead, probeName, putProbe } from "./Probe.js"

/** Difference of clocks that is reported. Object stores refuse requests at 15 minutes. */
const toleranceMillis = 60_000

/** Tries an object store as uploads, readers and removals do, with an object of its own, and compares the clocks. */
export const examine = (
  settings: ObjectStoreSettings,
  address: MediaAddress,
  options: ObjectStoreOptions = {}
): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const objects = yield* make(settings, address, options)
    const place = `${writeMediaAddress(address)} at ${endpointOf(settings)}`
    const ofFailure = (right: string) => (failure: MediaStorageFailure) => {
      const { code, operator } = failure.info
      return fail("media.store", `${right} ${place} failed: ${operator?.details ?? code}`, `starpunk explain ${code}`)
    }
    const attempt = <A>(right: string, work: Effect.Effect<A, MediaStorageFailure>) =>
      Effect.mapError(work, ofFailure(right))
    return yield* Effect.gen(function* () {
      yield* attempt("Writing to", putProbe(objects))
      yield* attempt("Reading from", Stream.runDrain(objects.read(probeName, 0, 1)))
      const ahead = yield* attempt("Asking", clockAhead(objects))
      yield* attempt("Removing from", objects.remove(probeName))
      const seconds = Math.abs(ahead / 1000)
      return [
        ok("media.store", `Objects can be written to ${place}, read and removed`),
        seconds * 1000 <= toleranceMillis
          ? ok("media.clock", "The clocks of this machine and of the object store agree")
          : warn(
              "media.clock",
              `The clock of this machine is ${seconds} seconds ${ahead > 0 ? "ahead of" : "behind"} that of the object store, which refuses requests at 900`,
              "timedatectl set-ntp true"
            )
      ]
    }).pipe(Effect.catchAll((finding) => Effect.succeed([finding])))
  }).pipe(Effect.scoped)
