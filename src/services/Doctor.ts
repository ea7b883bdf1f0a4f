import { Context, type Effect } from "effect"
import type { Finding } from "../domain/archive/Finding.js"
import type { OnProgress } from "./Backup.js"

/** Checks everything that the site depends on, from outside of the server. Problems are findings, never failures. */
export class Doctor extends Context.Tag("starpunk/Doctor")<
  Doctor,
  {
    /** Returns all findings; a check comes after those that it depends on. Changes nothing. */
    readonly examine: (onProgress?: OnProgress) => Effect.Effect<ReadonlyArray<Finding>>
  }
>() {}
