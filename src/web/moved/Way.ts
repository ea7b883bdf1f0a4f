import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { oldAddressPath } from "../../domain/posts/OldAddress.js"
import { oldFeedTarget } from "../../domain/posts/OldFeed.js"
import { isForVisitors } from "../../domain/posts/Post.js"
import { PageNotFound, PostGone } from "../../errors/Address.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { Moved, OldAddresses } from "../../services/OldAddresses.js"

/** The current address. Drafts and private posts do not exist for visitors; deleted ones are gone. */
const placeOf = (there: Moved, now: number): Effect.Effect<string, PageNotFound | PostGone> => {
  if (there.kind === "media") return Effect.succeed(there.path)
  if (!isForVisitors(there.post, now)) return new PageNotFound()
  return there.post.deletedAt === undefined ? Effect.succeed(there.path) : new PostGone()
}

/** Redirects a request for an old address, if it is known. */
export const oldWay = (
  addresses: OldAddresses["Type"]
): Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  PageNotFound | PostGone | DatabaseFailure,
  HttpServerRequest.HttpServerRequest
> =>
  Effect.gen(function* () {
    const { url } = yield* HttpServerRequest.HttpServerRequest
    const path = oldAddressPath(url)
    if (path === undefined) return yield* new PageNotFound()
    const there = yield* addresses.find(path)
    const place = Option.isSome(there)
      ? yield* placeOf(there.value, yield* Clock.currentTimeMillis)
      : (oldFeedTarget(path) ?? (yield* new PageNotFound()))
    return HttpServerResponse.redirect(place, { status: 301 })
  })
