import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect } from "effect"
import { formatMoment } from "../../domain/Moment.js"
import { permalink } from "../../domain/Permalink.js"
import type { Post } from "../../domain/Post.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import * as Trace from "../http/Trace.js"

/** Whose answers these are: the site's address without a trailing slash, and its time zone. */
export interface Scene {
  readonly siteUrl: string
  readonly zone: TimeZone
}

/** What clients are told of a post that visitors do not see yet. */
interface NotYet {
  readonly url: string
  readonly state: "draft" | "scheduled"
  /** ISO 8601, with its author's offset: when a scheduled post is published. */
  readonly published?: string
}

const notYet = (post: Post, now: number, { siteUrl, zone }: Scene): NotYet | undefined => {
  const url = permalink(siteUrl, post.slug)
  if (post.status === "draft") return { url, state: "draft" }
  if (post.publishedAt <= now) return undefined
  const offset = post.publishedOffset ?? zone.offsetAt(post.publishedAt)
  return { url, state: "scheduled", published: formatMoment({ at: post.publishedAt, offset }) }
}

const headers = { "cache-control": "no-store" }

/** Notes a post that waits for its time in the trace of clients' requests. */
const note = (asked: string, told: NotYet | undefined) =>
  told?.published === undefined ? Effect.void : Trace.note({ asked: `${asked} scheduled=${told.published}` })

/**
 * 201 with the post's address (W3C Micropub §3.3). Of one that visitors do not see yet, the body says which it is, a draft
 * or scheduled, and for when.
 */
export const created = (post: Post, scene: Scene) =>
  Effect.gen(function* () {
    const told = notYet(post, yield* Clock.currentTimeMillis, scene)
    yield* note("create", told)
    const options = { status: 201, headers: { ...headers, location: permalink(scene.siteUrl, post.slug) } }
    return told === undefined ? HttpServerResponse.empty(options) : HttpServerResponse.unsafeJson(told, options)
  })

/**
 * 204, or 201 with the new address where the change gave the post one (§3.4). A change that made the post wait for a time
 * says so in the body, with 200 instead of 204.
 */
export const updated = (before: Post, after: Post, scene: Scene) =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const isMoved = before.publishedAt !== after.publishedAt || before.status !== after.status
    const told = isMoved && after.status === "published" ? notYet(after, now, scene) : undefined
    yield* note("update", told)
    const isRenamed = before.slug !== after.slug
    const location = isRenamed ? { location: permalink(scene.siteUrl, after.slug) } : {}
    const status = isRenamed ? 201 : told === undefined ? 204 : 200
    const options = { status, headers: { ...headers, ...location } }
    return told === undefined ? HttpServerResponse.empty(options) : HttpServerResponse.unsafeJson(told, options)
  })
