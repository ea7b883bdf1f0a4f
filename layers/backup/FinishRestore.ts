import { Effect } from "effect"
import { RestoreNotDone } from "../../src/errors/failure/Maintenance.js"
import { troubleOf } from "./FileTrouble.js"
import * as RestoreJournal from "./RestoreJournal.js"

/** Finishes a restore that was cut off after it was decided upon; to be done before anything reads the data. */
export const finishRestore = (places: RestoreJournal.Places): Effect.Effect<void, RestoreNotDone> =>
  Effect.asVoid(
    Effect.tryPromise({
      try: () => RestoreJournal.finish(places),
      catch: (error) => new RestoreNotDone({ path: places.dataPath, ...troubleOf(error), committed: true })
    })
  )
