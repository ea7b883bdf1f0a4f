import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { FormIncomplete } from "../../errors/failure/Editor.js"
import { PageNotFound } from "../../errors/failure/Http.js"
import { type Saving, wishOf } from "./Saving.js"
import { submittedText } from "./Submission.js"

/**
 * `POST /admin/autosave`: keeps a draft as it is typed, for scripts. The first time, it makes the draft. Answers
 * `{ id, updatedAt, savedAt, problems }`; `problems` tells what of the form could not be kept, a sentence each. Never
 * touches what is published.
 */
export const autosave = ({ autosave, postOf, zone }: Saving) =>
  Effect.gen(function* () {
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
