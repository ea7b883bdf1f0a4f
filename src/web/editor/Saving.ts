import { Clock, Effect, Either, Option } from "effect"
import { isPlaceholderSlug, placeholderSlug } from "../../domain/editor/PostForm.js"
import { changeOf } from "../../domain/editor/PostFormChange.js"
import { type NewPost, type Post, type PostStatus, suggestedSlug, wallClockOf } from "../../domain/posts/Post.js"
import { publishedAtOnce } from "../../domain/posts/PostChange.js"
import { showsNothing } from "../../domain/posts/Shown.js"
import { Slug } from "../../domain/posts/Slug.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { AutosaveRefused, EditConflict } from "../../errors/Editor.js"
import type { PostUnknown } from "../../errors/Micropub.js"
import type { PagePathTaken } from "../../errors/Page.js"
import { Posts } from "../../services/Posts.js"
import { type SavedForm, SharedForms } from "../../services/SharedForms.js"
import { texts } from "../../texts/Texts.js"
import { type OwnerSession, ownersBrowser } from "../http/OwnerAuth.js"
import { type CurrentSite, site } from "../theme/Site.js"
import { type FormFault, formFault } from "./FormFault.js"
import { recentForms } from "./RecentForms.js"
import type { Intent, Submission } from "./Submission.js"

/** The change that a form requests, and the errors of its fields. */
export interface Wish {
  readonly post: NewPost
  readonly faults: ReadonlyArray<FormFault>
}

/** The status of a post after an action. */
const statusAfter = (intent: Intent, base: Post | undefined): PostStatus => {
  if (intent === "publish" || intent === "schedule") return "published"
  return intent === "draft" ? "draft" : (base?.status ?? "draft")
}

/** Converts a form to a change, in the site's time `zone`. Fields with errors change nothing. */
export const wishOf = (
  { faults, form, intent, key }: Submission,
  base: Post | undefined,
  now: number,
  zone: TimeZone
): Wish => {
  const change = changeOf(form, base, now, zone)
  const status = statusAfter(intent, base)
  const wanted = { ...change.post, status }
  // The exact time matters for scheduling, even if it is close.
  const post = intent === "publish" ? publishedAtOnce(wanted, now) : wanted
  const { publishedAt = now } = post
  const isFirstPublication = status === "published" && base !== undefined && isPlaceholderSlug(base.slug)
  const wishedSlug =
    post.wishedSlug ??
    (isFirstPublication ? suggestedSlug(post, wallClockOf({ ...post, publishedAt }, zone)) : undefined) ??
    (status === "draft" && base === undefined && key !== "" ? placeholderSlug(key) : undefined)
  const own: Array<FormFault> = []
  if (showsNothing(post)) own.push({ field: "content", message: texts.editor.form.empty })
  if (intent === "schedule" && publishedAt <= now) {
    own.push({ field: "published", message: texts.editor.form.pastTime })
  }
  return {
    post: { ...post, ...(wishedSlug !== undefined && { wishedSlug }) },
    faults: [...own, ...faults, ...change.faults.map(formFault)]
  }
}

/** Saves forms. */
export interface Saving {
  /** Creates the post of a form, or changes it if it has not changed since the form showed it. */
  readonly save: (
    submission: Submission
  ) => Effect.Effect<Post, EditConflict | PostUnknown | PagePathTaken | DatabaseFailure, CurrentSite | OwnerSession>
  /** As `save`, but for drafts only, while they are typed. */
  readonly autosave: (
    submission: Submission
  ) => Effect.Effect<
    Post,
    EditConflict | AutosaveRefused | PostUnknown | PagePathTaken | DatabaseFailure,
    CurrentSite | OwnerSession
  >
  /** The post of a form: the one that it names, or the one that it has created. */
  readonly postOf: (submission: Submission) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
}

/** Returns whether a post has not changed since a form showed or saved it. */
const isCurrent = (post: Post, { basedOn }: Submission, saved: SavedForm | undefined): boolean =>
  post.updatedAt === basedOn || (saved?.id === post.id && saved.updatedAt === post.updatedAt)

/** Saves one form at a time, so that a form that is sent twice finds the post that it has created. */
export const saving: Effect.Effect<Saving, never, Posts> = Effect.gen(function* () {
  const posts = yield* Posts
  const recent = (yield* SharedForms) ?? (yield* recentForms)
  const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)

  const lastSave = (key: string) => (key === "" ? Effect.succeed(undefined) : recent.find(key))

  const found = ({ id, key }: Submission, saved: SavedForm | undefined) => {
    const known = id ?? saved?.id
    if (known !== undefined) return posts.byId(known)
    return key === "" ? Effect.succeedNone : posts.bySlug(Slug.make(placeholderSlug(key)))
  }
  const postOf = (submission: Submission) =>
    Effect.flatMap(lastSave(submission.key), (saved) => found(submission, saved))

  /** `refuse` returns why an existing post must not be changed. */
  const keep = <E>(submission: Submission, refuse: (post: Post) => Option.Option<E>) =>
    Effect.gen(function* () {
      const { zone } = yield* site
      const now = yield* Clock.currentTimeMillis
      const by = yield* ownersBrowser
      const saved = yield* lastSave(submission.key)
      const known = yield* found(submission, saved)
      const post = Option.isNone(known)
        ? yield* posts.create(wishOf(submission, undefined, now, zone).post)
        : yield* posts.update(
            known.value.id,
            (current): Either.Either<NewPost, E | EditConflict> => {
              const refused = refuse(current)
              if (Option.isSome(refused)) return Either.left(refused.value)
              if (!isCurrent(current, submission, saved)) return Either.left(new EditConflict())
              return Either.right(wishOf(submission, current, now, zone).post)
            },
            by
          )
      if (submission.key !== "") yield* recent.keep(submission.key, { id: post.id, updatedAt: post.updatedAt })
      return post
    }).pipe(submission.key === "" ? (work) => work : recent.oneAtATime(submission.key), oneAtATime)

  const autosaveRefusal = (post: Post): Option.Option<AutosaveRefused> => {
    if (post.deletedAt !== undefined) return Option.some(new AutosaveRefused({ state: "deleted" }))
    return post.status === "published" ? Option.some(new AutosaveRefused({ state: "published" })) : Option.none()
  }

  return {
    postOf,
    save: (submission) => keep<never>(submission, Option.none),
    autosave: (submission) => keep({ ...submission, intent: "draft" }, autosaveRefusal)
  }
})
