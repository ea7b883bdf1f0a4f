import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Either } from "effect"
import type { AccessToken } from "../../domain/AccessToken.js"
import { isObject } from "../../domain/Microformats.js"
import { decodeUpdate, updatedPost, updateWithoutHost } from "../../domain/MicropubUpdate.js"
import { permalink } from "../../domain/Permalink.js"
import type { NewPost, Post } from "../../domain/Post.js"
import { changedPost } from "../../domain/PostChange.js"
import { actionsOf, scopesFor, standingOf } from "../../domain/PostRights.js"
import { MicropubMalformed, type ScopeMissing } from "../../errors/failure/Micropub.js"
import type { Posts } from "../../services/Posts.js"
import type { SiteAddresses } from "../../services/SiteAddresses.js"
import type { ActionRequest } from "./Action.js"
import { memberOf } from "./Action.js"
import { requireScopes } from "./Authorization.js"
import { postAt } from "./PostAddress.js"

/** Passes a change for which the token has the scopes: to publish or to withdraw a post is more than to edit it. */
const permitted =
  (token: AccessToken, before: Post, now: number) =>
  (change: NewPost): Either.Either<NewPost, ScopeMissing> => {
    const after = changedPost(before, change, before.slug, now)
    const standing = standingOf(before, now)
    return Either.all(
      actionsOf(before, after, now).map((action) => requireScopes(token, scopesFor(action, standing)))
    ).pipe(Either.map(() => change))
  }

/**
 * `action=update` (W3C Micropub §3.4): changes a post as it is at that moment. Answers 204, or 201 with the new address
 * where the change gave the post one.
 */
export const update = (posts: Posts["Type"], addresses: SiteAddresses["Type"], siteUrl: string) => {
  const find = postAt(posts, addresses)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireScopes(token, scopesFor("edit", "public"))
    if (body.format === "form" || !isObject(body.value)) {
      return yield* new MicropubMalformed({ part: "action", expected: "an update as JSON, the only form it has" })
    }
    // Posts hold addresses of this site without a host: what is to be deleted is compared with them.
    const { hosts } = yield* addresses.history
    const wanted = updateWithoutHost(yield* decodeUpdate(body.value), hosts)
    const { id, slug } = yield* find(memberOf(body, "url"))
    const now = yield* Clock.currentTimeMillis
    const changed = yield* posts.update(id, (post) =>
      Either.flatMap(updatedPost(post, wanted), permitted(token, post, now))
    )
    const headers = { "cache-control": "no-store" }
    return changed.slug === slug
      ? HttpServerResponse.empty({ status: 204, headers })
      : HttpServerResponse.empty({
          status: 201,
          headers: { ...headers, location: permalink(siteUrl, changed.slug) }
        })
  })
}
