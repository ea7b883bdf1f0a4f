import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { FormIncomplete } from "../../errors/Editor.js"
import { site } from "../theme/Site.js"
import { pathFault } from "./PathFault.js"
import { type Saving, wishOf } from "./Saving.js"
import { submittedText } from "./Submission.js"

/**
 * `POST /admin/autosave`: saves a draft while it is typed, for scripts. The first call creates the draft. Responds with
 * `{ id, updatedAt, savedAt, problems }`; `problems` has a sentence for each part of the form that could not be saved.
 * Never changes a published post.
 */
export const autosave = ({ autosave, postOf }: Saving) =>
  Effect.gen(function* () {
    const { zone } = yield* site
    const submission = yield* submittedText
    const now = yield* Clock.currentTimeMillis
    const base = Option.getOrUndefined(yield* postOf(submission))
    const { faults } = wishOf({ ...submission, intent: "draft" }, base, now, zone)
    const problems = faults.map(({ message }) => message)
    const isEmpty = base === undefined && faults.some(({ field }) => field === "content")
    if (isEmpty) return yield* new FormIncomplete({ problems })
    // A draft keeps its text, and the address that it has, whatever address was typed.
    const unplaced = { ...submission, form: { ...submission.form, slug: "" } }
    const { id, more, updatedAt } = yield* autosave(submission).pipe(
      Effect.map((post) => ({ ...post, more: [] })),
      Effect.catchTag("PagePathTaken", (failure) =>
        Effect.map(autosave(unplaced), (post) => ({ ...post, more: [pathFault(failure).message] }))
      )
    )
    return HttpServerResponse.unsafeJson({ id, updatedAt, savedAt: now, problems: [...problems, ...more] })
  }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound()))
