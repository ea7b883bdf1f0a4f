import { HttpServerResponse } from "@effect/platform"
import { Effect, type Either } from "effect"
import type { AccessToken } from "../../domain/AccessToken.js"
import { type CreateFailure, decodeCreateForm, decodeCreateJson } from "../../domain/MicropubCreate.js"
import { permalink } from "../../domain/Permalink.js"
import type { NewPost } from "../../domain/Post.js"
import type { Posts } from "../../services/Posts.js"
import type { ActionRequest } from "./Action.js"
import { requireAny } from "./Authorization.js"

/** Stores a post and answers 201 with its address. A token for drafts only makes drafts of posts. */
export const store = (posts: Posts["Type"], siteUrl: string) =>
  Effect.fnUntraced(function* (token: AccessToken, decoded: Either.Either<NewPost, CreateFailure>) {
    const post = yield* decoded
    const stored = yield* posts.create(token.scopes.includes("create") ? post : { ...post, status: "draft" })
    return HttpServerResponse.empty({
      status: 201,
      headers: { location: permalink(siteUrl, stored.slug), "cache-control": "no-store" }
    })
  })

/** `action=create`, or none (W3C Micropub §3.3), from JSON or a form. */
export const create = (posts: Posts["Type"], siteUrl: string) => {
  const storeAs = store(posts, siteUrl)
  return Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireAny(token, ["create", "draft"])
    return yield* storeAs(token, body.format === "json" ? decodeCreateJson(body.value) : decodeCreateForm(body.fields))
  })
}
