import { Clock, Effect, Either } from "effect"
import type { AccessToken } from "../../domain/indieauth/AccessToken.js"
import { decodeUpdate, updatedPost, updateWithoutHost } from "../../domain/micropub/MicropubUpdate.js"
import { isObject } from "../../domain/posts/Microformats.js"
import type { NewPost, Post } from "../../domain/posts/Post.js"
import { changedPost, publishedAtOnce } from "../../domain/posts/PostChange.js"
import { actionsOf, scopesFor, standingOf } from "../../domain/posts/PostRights.js"
import { MicropubMalformed, type ScopeMissing } from "../../errors/Micropub.js"
import type { Posts } from "../../services/Posts.js"
import type { SiteAddresses } from "../../services/SiteAddresses.js"
import { requireScopes } from "../http/AppAuth.js"
import type { ActionRequest } from "./Action.js"
import { memberOf } from "./Action.js"
import { type Scene, updated } from "./Outcome.js"
import { postAt } from "./PostAddress.js"

/** Fails unless the token has the scopes for a change: publishing or withdrawing a post needs more than editing it. */
const permitted =
  (token: AccessToken, before: Post, now: number) =>
  (change: NewPost): Either.Either<NewPost, ScopeMissing> => {
    const after = changedPost(before, change, before.slug, now)
    const standing = standingOf(before, now)
    return Either.all(
      actionsOf(before, after, now).map((action) => requireScopes(token, scopesFor(action, standing)))
    ).pipe(Either.map(() => change))
  }

/** `action=update` (W3C Micropub §3.4): changes a post in its current state. */
export const update = (posts: Posts["Type"], addresses: SiteAddresses["Type"], scene: Scene) => {
  const find = postAt(posts, addresses)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireScopes(token, scopesFor("edit", "public"))
    if (body.format === "form" || !isObject(body.value)) {
      return yield* new MicropubMalformed({ part: "action", expected: "an update as JSON" })
    }
    // Posts store addresses of this site without a host, and values to delete are compared with them.
    const { hosts } = yield* addresses.history
    const wanted = updateWithoutHost(yield* decodeUpdate(body.value), hosts)
    const found = yield* find(memberOf(body, "url"))
    const now = yield* Clock.currentTimeMillis
    const changed = yield* posts.update(
      found.id,
      (post) =>
        updatedPost(post, wanted, scene.zone).pipe(
          // An unchanged time was scheduled on purpose, even if it is close.
          Either.map((change) => (change.publishedAt === post.publishedAt ? change : publishedAtOnce(change, now))),
          Either.flatMap(permitted(token, post, now))
        ),
      token.label
    )
    return yield* updated(found, changed, scene)
  })
}
