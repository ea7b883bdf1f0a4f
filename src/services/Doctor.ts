import { Context, type Effect } from "effect"
import type { Finding } from "../domain/archive/Finding.js"
import type { OnProgress } from "./Backup.js"

/** Looks at everything the site stands on, from outside of the server: whatever is wrong is a finding, never a failure. */
export class Doctor extends Context.Tag("starpunk/Doctor")<
  Doctor,
  {
    /** Every finding, in the order in which one thing rests on another. Changes nothing. */
    readonly examine: (onProgress?: OnProgress) => Effect.Effect<ReadonlyArray<Finding>>
  }
>() {}
