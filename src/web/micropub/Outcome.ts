import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect } from "effect"
import { formatMoment } from "../../domain/Moment.js"
import { mediaNotice, type StoredMedia } from "../../domain/media/Media.js"
import { permalink } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import { renderingNotice } from "../../domain/posts/Rendering.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import { noteActivity } from "../http/RequestContext.js"

/** Properties of the site in responses: its address without a trailing slash, and its time zone. */
export interface Scene {
  readonly siteUrl: string
  readonly zone: TimeZone
}

/** State of a post that visitors do not see yet. */
interface NotYet {
  readonly url: string
  readonly state: "draft" | "scheduled"
  /** ISO 8601 with the author's offset: when a scheduled post is published. */
  readonly published?: string
}

const notYet = (post: Post, now: number, { siteUrl, zone }: Scene): NotYet | undefined => {
  const url = permalink(siteUrl, post)
  if (post.status === "draft") return { url, state: "draft" }
  if (post.publishedAt <= now) return undefined
  const offset = post.publishedOffset ?? zone.offsetAt(post.publishedAt)
  return { url, state: "scheduled", published: formatMoment({ at: post.publishedAt, offset }) }
}

const headers = { "cache-control": "no-store" }

/** Information about a post beside its address: that it is not public yet, or why it is shown as plain text. */
type Details = Partial<NotYet> & { readonly notice?: string }

const detailsOf = (
  { rendering }: Post,
  waits: NotYet | undefined,
  uploads: ReadonlyArray<StoredMedia> = []
): Details | undefined => {
  const notices = [renderingNotice(rendering.state), ...uploads.map(mediaNotice)].filter((each) => each !== undefined)
  const notice = [...new Set(notices)].join(" ")
  return waits === undefined && notice === "" ? undefined : { ...waits, ...(notice !== "" && { notice }) }
}

/** Adds to the activity log that a post is scheduled, or shown as plain text. */
const note = (asked: string, { rendering }: Post, details: Details | undefined) => {
  const notes = [
    ...(details?.published === undefined ? [] : [`scheduled=${details.published}`]),
    ...(rendering.state === "rendered" ? [] : [`rendering=${rendering.state}`])
  ]
  return notes.length === 0 ? Effect.void : noteActivity({ asked: [asked, ...notes].join(" ") })
}

/**
 * 201 with the post's address (W3C Micropub §3.3). For a post that is not public yet, the body says whether it is a
 * draft or scheduled, and for when; `notice` says why a text is shown as plain text, or that some readers cannot play a
 * file.
 */
export const created = (post: Post, scene: Scene, uploads: ReadonlyArray<StoredMedia> = []) =>
  Effect.gen(function* () {
    const details = detailsOf(post, notYet(post, yield* Clock.currentTimeMillis, scene), uploads)
    yield* note("create", post, details)
    const options = { status: 201, headers: { ...headers, location: permalink(scene.siteUrl, post) } }
    return details === undefined ? HttpServerResponse.empty(options) : HttpServerResponse.unsafeJson(details, options)
  })

/**
 * 204, or 201 with the new address if the slug changed (§3.4). With further information, as for a new post, 200 with a
 * body instead of 204.
 */
export const updated = (before: Post, after: Post, scene: Scene) =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const isMoved = before.publishedAt !== after.publishedAt || before.status !== after.status
    const details = detailsOf(after, isMoved && after.status === "published" ? notYet(after, now, scene) : undefined)
    yield* note("update", after, details)
    const isRenamed = before.slug !== after.slug
    const location = isRenamed ? { location: permalink(scene.siteUrl, after) } : {}
    const status = isRenamed ? 201 : details === undefined ? 204 : 200
    const options = { status, headers: { ...headers, ...location } }
    return details === undefined ? HttpServerResponse.empty(options) : HttpServerResponse.unsafeJson(details, options)
  })
