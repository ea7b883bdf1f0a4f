import { Context, type Effect, type Option } from "effect"
import type { Release } from "../domain/updates/Release.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** The last question for the newest release. */
export interface UpdateCheck {
  /** Epoch milliseconds. */
  readonly checkedAt: number
  /** When the next one is due. */
  readonly nextAt: number
  /** Whether it got an answer. */
  readonly isRead: boolean
  /** The newest release that was ever read. */
  readonly release: Option.Option<Release>
}

/** What is known about newer releases. Kept, so that a restart asks nobody. */
export class UpdateChecks extends Context.Tag("starpunk/UpdateChecks")<
  UpdateChecks,
  {
    readonly last: Effect.Effect<Option.Option<UpdateCheck>, DatabaseFailure>
    /** Keeps the outcome of a check; without a release, it failed, and the release of an earlier one stays. */
    readonly keep: (
      outcome: Pick<UpdateCheck, "checkedAt" | "nextAt" | "release">
    ) => Effect.Effect<void, DatabaseFailure>
  }
>() {}
