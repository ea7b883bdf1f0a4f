import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"

/** The last save of a form. */
export interface SavedForm {
  readonly id: number
  /** `updatedAt` of the post after the form's last save. */
  readonly updatedAt: number
}

/** Remembers which posts open forms have saved, by the forms' keys. */
export interface SavedForms {
  readonly find: (key: string) => Effect.Effect<SavedForm | undefined, DatabaseFailure>
  readonly keep: (key: string, saved: SavedForm) => Effect.Effect<void, DatabaseFailure>
  /** Runs the save of a form after those of the same form that have begun. */
  readonly oneAtATime: (
    key: string
  ) => <A, E, R>(save: Effect.Effect<A, E, R>) => Effect.Effect<A, E | DatabaseFailure, R>
}

/** Saved forms that all instances of the site know. By default there are none, and each process remembers its own. */
export class SharedForms extends Context.Reference<SharedForms>()("starpunk/SharedForms", {
  defaultValue: (): SavedForms | undefined => undefined
}) {}
