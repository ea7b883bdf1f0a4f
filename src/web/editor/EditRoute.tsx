import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import { emptyForm, formOf, type PostForm, textFields } from "../../domain/editor/PostForm.js"
import { asShared } from "../../domain/editor/SharedForm.js"
import type { Post } from "../../domain/posts/Post.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { SecureRandom } from "../../services/SecureRandom.js"
import { Settings } from "../../settings/Config.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { DeletedPage } from "./DeletePage.js"
import { EditPage, type EditPageProps, type Outcome, outcomes } from "./EditPage.js"
import type { FormFault } from "./FormFault.js"
import { pathFault } from "./PathFault.js"
import { idOfPath, postOfPath } from "./PostOfPath.js"
import { stateOf } from "./PostState.js"
import { type Saving, wishOf } from "./Saving.js"
import { moved, type Submission, submitted } from "./Submission.js"

/** Maximum number of tags for completion. */
const offeredTags = 500

const Parameters = Schema.Struct({ saved: Schema.optional(Schema.Literal(...outcomes)) })

/** What a save did to a post, for the next page. */
const outcomeOf = (before: Post | undefined, after: Post, now: number): Outcome => {
  const state = stateOf(after, now)
  if (after.status === "draft") return before?.status === "published" ? "unpublished" : "draft"
  if (before === undefined || before.status === "draft") return state === "scheduled" ? "scheduled" : "published"
  return state === "scheduled" && before.publishedAt !== after.publishedAt ? "scheduled" : "updated"
}

/** Fields from the address, such as a reply's: `/admin/new?in-reply-to=https://…`. */
const prefilled = (given: Readonly<Record<string, string | ReadonlyArray<string>>>): PostForm => ({
  ...emptyForm,
  ...Object.fromEntries(
    textFields.flatMap((name) => {
      const value = [given[name] ?? []].flat()[0]
      return value === undefined || name === "format" || name === "visibility" ? [] : [[name, value] as const]
    })
  )
})

/** The editor's pages, and the handlers of their forms. */
export const writing = ({ postOf, save }: Saving) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const media = yield* MediaStore
    const { media: limits, siteUrl } = yield* Settings
    const mostBytes = limits.maxSizeMb * 1_048_576
    const newKey = (yield* SecureRandom).hex(8)

    const page = (
      props: Pick<EditPageProps, "form" | "post"> &
        Partial<Pick<EditPageProps, "conflict" | "faults" | "formKey" | "outcome">>,
      status = 200
    ) =>
      Effect.gen(function* () {
        const about = yield* site
        const now = yield* Clock.currentTimeMillis
        const tags = (yield* posts.tags).slice(0, offeredTags)
        const formKey = props.formKey ?? (yield* newKey)
        const state = props.post === undefined ? "draft" : stateOf(props.post, now)
        return adminResponse(
          <EditPage
            {...props}
            faults={props.faults ?? []}
            {...{ formKey, mostBytes, now, state, tags }}
            site={about}
          />,
          { status }
        )
      })

    const blank = Effect.flatMap(HttpServerRequest.ParsedSearchParams, (given) =>
      page({ form: prefilled(given), post: undefined })
    )

    const edit = Effect.gen(function* () {
      const about = yield* site
      const post = yield* postOfPath(posts)
      const { saved } = Option.getOrElse(
        Schema.decodeUnknownOption(Parameters)(yield* HttpServerRequest.ParsedSearchParams),
        () => ({ saved: undefined })
      )
      if (post.deletedAt !== undefined) {
        const now = yield* Clock.currentTimeMillis
        return adminResponse(<DeletedPage post={post} site={about} now={now} />)
      }
      return yield* page({ form: formOf(post, about.zone), post, ...(saved !== undefined && { outcome: saved }) })
    })

    /** Renders the form again as it was typed. */
    const again = (
      { form, key }: Submission,
      post: Post | undefined,
      faults: ReadonlyArray<FormFault>,
      options: { readonly status: number; readonly conflict?: Post } = { status: 422 }
    ) =>
      page(
        {
          form,
          post,
          faults,
          ...(key !== "" && { formKey: key }),
          ...(options.conflict !== undefined && { conflict: options.conflict })
        },
        options.status
      )

    const keep = (submission: Submission) =>
      Effect.gen(function* () {
        const about = yield* site
        const now = yield* Clock.currentTimeMillis
        const post = Option.getOrUndefined(yield* postOf(submission))
        const { intent } = submission
        if (typeof intent === "object") {
          const form = { ...submission.form, media: moved(submission.form.media, intent) }
          return yield* again({ ...submission, form }, asShown(post, submission), [], { status: 200 })
        }
        if (intent === "upload") {
          const status = submission.faults.length > 0 ? 422 : 200
          return yield* again(submission, asShown(post, submission), submission.faults, { status })
        }
        const { faults } = wishOf(submission, post, now, about.zone)
        if (faults.length > 0) return yield* again(submission, asShown(post, submission), faults)
        return yield* save(submission).pipe(
          Effect.zip(Clock.currentTimeMillis),
          Effect.map(([saved, now]) =>
            HttpServerResponse.redirect(
              submission.isFromList
                ? `/admin/?posted=${saved.id}`
                : `/admin/edit/${saved.id}?saved=${outcomeOf(post, saved, now)}`,
              { status: 303 }
            )
          ),
          Effect.catchTag("PagePathTaken", (failure) =>
            again(submission, asShown(post, submission), [pathFault(failure)])
          ),
          Effect.catchTag("EditConflict", () =>
            Effect.flatMap(postOf(submission), (newer) =>
              Option.isNone(newer)
                ? again(submission, undefined, [])
                : again(submission, newer.value, [], { status: 409, conflict: newer.value })
            )
          )
        )
      })

    /** Shows the editor with what another app has shared. Files are stored; nothing else is. */
    const share = Effect.flatMap(submitted(media, siteUrl), (submission) =>
      again({ ...submission, form: asShared(submission.form) }, undefined, submission.faults, {
        status: submission.faults.length > 0 ? 422 : 200
      })
    )

    return {
      share,
      blank,
      edit,
      create: Effect.flatMap(submitted(media, siteUrl), keep),
      update: Effect.gen(function* () {
        const id = yield* idOfPath
        yield* postOfPath(posts)
        return yield* keep({ ...(yield* submitted(media, siteUrl)), id })
      })
    }
  })

/** A post whose form stays based on the state that it first showed, so that a newer state is still detected. */
const asShown = (post: Post | undefined, { basedOn }: Submission): Post | undefined =>
  post === undefined || basedOn === undefined ? post : { ...post, updatedAt: basedOn }
