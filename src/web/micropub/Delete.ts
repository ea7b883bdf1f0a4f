import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect } from "effect"
import { scopesFor, undeleteActionOf } from "../../domain/posts/PostRights.js"
import type { Posts } from "../../services/Posts.js"
import type { SiteAddresses } from "../../services/SiteAddresses.js"
import { requireScopes } from "../http/AppAuth.js"
import { type ActionRequest, memberOf } from "./Action.js"
import { postAt } from "./PostAddress.js"

const done = HttpServerResponse.empty({ status: 204 })

/** `action=delete` (W3C Micropub §3.5): deletes a post; its address responds with 410. Idempotent. */
export const remove = (posts: Posts["Type"], addresses: SiteAddresses["Type"]) => {
  const find = postAt(posts, addresses)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireScopes(token, scopesFor("delete", "public"))
    const { id } = yield* find(memberOf(body, "url"))
    yield* posts.delete(id)
    return done
  })
}

/**
 * `action=undelete`: restores a deleted post. A token that may delete may do so, but a post that became due meanwhile
 * is published by it, which needs more scopes.
 */
export const restore = (posts: Posts["Type"], addresses: SiteAddresses["Type"]) => {
  const find = postAt(posts, addresses)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireScopes(token, scopesFor("undelete", "deleted"))
    const post = yield* find(memberOf(body, "url"))
    const action = undeleteActionOf(post, yield* Clock.currentTimeMillis)
    yield* requireScopes(token, scopesFor(action, "deleted"))
    yield* posts.restore(post.id)
    return done
  })
}
