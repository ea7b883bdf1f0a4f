import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { FormIncomplete } from "../../errors/Editor.js"
import { site } from "../theme/Site.js"
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
    const { id, updatedAt } = yield* autosave(submission)
    return HttpServerResponse.unsafeJson({ id, updatedAt, savedAt: now, problems })
  }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound()))
