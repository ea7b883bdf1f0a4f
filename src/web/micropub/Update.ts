import { HttpServerResponse } from "@effect/platform"
import { Effect, Either } from "effect"
import type { AccessToken } from "../../domain/AccessToken.js"
import { isObject } from "../../domain/Microformats.js"
import { decodeUpdate, updatedPost } from "../../domain/MicropubUpdate.js"
import { permalink } from "../../domain/Permalink.js"
import type { NewPost, Post } from "../../domain/Post.js"
import { MicropubMalformed, ScopeMissing } from "../../errors/failure/Micropub.js"
import type { Posts } from "../../services/Posts.js"
import type { ActionRequest } from "./Action.js"
import { memberOf } from "./Action.js"
import { requireAny } from "./Authorization.js"
import { postAt } from "./PostAddress.js"

/** A client that may only make drafts does not publish one by an update. */
const mayPublish =
  ({ scopes }: AccessToken, before: Post) =>
  (after: NewPost): Either.Either<NewPost, ScopeMissing> =>
    before.status === "draft" && after.status === "published" && scopes.includes("draft") && !scopes.includes("create")
      ? Either.left(new ScopeMissing({ needed: "create", given: scopes }))
      : Either.right(after)

/**
 * `action=update` (W3C Micropub §3.4): changes a post as it is at that moment. Answers 204, or 201 with the new address
 * where the change gave the post one.
 */
export const update = (posts: Posts["Type"], siteUrl: string) => {
  const find = postAt(posts, siteUrl)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireAny(token, ["update"])
    if (body.format === "form" || !isObject(body.value)) {
      return yield* new MicropubMalformed({ part: "action", expected: "an update as JSON, the only form it has" })
    }
    const wanted = yield* decodeUpdate(body.value)
    const { id, slug } = yield* find(memberOf(body, "url"))
    const changed = yield* posts.update(id, (post) =>
      Either.flatMap(updatedPost(post, wanted), mayPublish(token, post))
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
