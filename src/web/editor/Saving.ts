import { Clock, Effect, Either, Option } from "effect"
import { isPlaceholderSlug, placeholderSlug } from "../../domain/editor/PostForm.js"
import { changeOf, type FormFault } from "../../domain/editor/PostFormChange.js"
import { type NewPost, type Post, type PostStatus, suggestedSlug, wallClockOf } from "../../domain/posts/Post.js"
import { publishedAtOnce } from "../../domain/posts/PostChange.js"
import { showsNothing } from "../../domain/posts/Shown.js"
import { Slug } from "../../domain/posts/Slug.js"
import { type TimeZone, timeZone } from "../../domain/TimeZone.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { AutosaveRefused, EditConflict } from "../../errors/failure/Editor.js"
import type { PostUnknown } from "../../errors/failure/Micropub.js"
import { Posts } from "../../services/Posts.js"
import { Settings } from "../../settings/Config.js"
import { type RecentForms, recentForms } from "./RecentForms.js"
import type { Intent, Submission } from "./Submission.js"

/** What a form asks for, of a post as it is now or of none, and all that is in the way of it. */
export interface Wish {
  readonly post: NewPost
  readonly faults: ReadonlyArray<FormFault>
}

/** The status that a post has after this. */
const statusAfter = (intent: Intent, base: Post | undefined): PostStatus => {
  if (intent === "publish" || intent === "schedule") return "published"
  return intent === "draft" ? "draft" : (base?.status ?? "draft")
}

/** The wish that a form expresses, on a site whose time `zone` is this. What is wrong with it is told, and changes nothing. */
export const wishOf = (
  { faults, form, intent, key }: Submission,
  base: Post | undefined,
  now: number,
  zone: TimeZone
): Wish => {
  const change = changeOf(form, base, now, zone)
  const status = statusAfter(intent, base)
  const wanted = { ...change.post, status }
  // A time that was scheduled is meant, however near it is.
  const post = intent === "publish" ? publishedAtOnce(wanted, now) : wanted
  const { publishedAt = now } = post
  const isFirstPublication = status === "published" && base !== undefined && isPlaceholderSlug(base.slug)
  const wishedSlug =
    post.wishedSlug ??
    (isFirstPublication ? suggestedSlug(post, wallClockOf({ ...post, publishedAt }, zone)) : undefined) ??
    (status === "draft" && base === undefined && key !== "" ? placeholderSlug(key) : undefined)
  const own: Array<FormFault> = []
  if (showsNothing(post)) own.push({ field: "content", message: "Write something first: a text, a title or a picture" })
  if (intent === "schedule" && publishedAt <= now) {
    own.push({ field: "published", message: "Choose a time that is still to come, or publish now" })
  }
  return {
    post: { ...post, ...(wishedSlug !== undefined && { wishedSlug }) },
    faults: [...own, ...faults, ...change.faults]
  }
}

/** Keeps what forms ask for. */
export interface Saving {
  /** Creates the post of a form, or changes it if it is still as the form showed it. */
  readonly save: (submission: Submission) => Effect.Effect<Post, EditConflict | PostUnknown | DatabaseFailure>
  /** The same for drafts alone, as they are typed. */
  readonly autosave: (
    submission: Submission
  ) => Effect.Effect<Post, EditConflict | AutosaveRefused | PostUnknown | DatabaseFailure>
  /** The site's time zone, of times that came without an offset. */
  readonly zone: TimeZone
  /** The post that a form belongs to: the one it names, or the one that it has made. */
  readonly postOf: (submission: Submission) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
}

/** Whether nobody else changed a post since a form showed it, or since the form itself saved it. */
const isCurrent = (post: Post, { basedOn, key }: Submission, recent: RecentForms): boolean => {
  const saved = recent.get(key)
  return post.updatedAt === basedOn || (saved?.id === post.id && saved.updatedAt === post.updatedAt)
}

/** One form at a time, so that one that is sent twice finds what it has made. */
export const saving: Effect.Effect<Saving, never, Posts | Settings> = Effect.gen(function* () {
  const posts = yield* Posts
  const zone = timeZone((yield* Settings).siteTimeZone)
  const recent = yield* recentForms
  const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)

  const postOf = ({ id, key }: Submission) => {
    const known = id ?? recent.get(key)?.id
    if (known !== undefined) return posts.byId(known)
    return key === "" ? Effect.succeedNone : posts.bySlug(Slug.make(placeholderSlug(key)))
  }

  /** `refuse` says what of a post that is there already must not be changed. */
  const keep = <E>(submission: Submission, refuse: (post: Post) => Option.Option<E>) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const found = yield* postOf(submission)
      const post = Option.isNone(found)
        ? yield* posts.create(wishOf(submission, undefined, now, zone).post)
        : yield* posts.update(found.value.id, (current): Either.Either<NewPost, E | EditConflict> => {
            const refused = refuse(current)
            if (Option.isSome(refused)) return Either.left(refused.value)
            if (!isCurrent(current, submission, recent)) return Either.left(new EditConflict())
            return Either.right(wishOf(submission, current, now, zone).post)
          })
      if (submission.key !== "") recent.set(submission.key, { id: post.id, updatedAt: post.updatedAt })
      return post
    }).pipe(oneAtATime)

  const autosaveRefusal = (post: Post): Option.Option<AutosaveRefused> => {
    if (post.deletedAt !== undefined) return Option.some(new AutosaveRefused({ state: "deleted" }))
    return post.status === "published" ? Option.some(new AutosaveRefused({ state: "published" })) : Option.none()
  }

  return {
    postOf,
    zone,
    save: (submission) => keep<never>(submission, Option.none),
    autosave: (submission) => keep({ ...submission, intent: "draft" }, autosaveRefusal)
  }
})
