import { HttpLayerRouter } from "@effect/platform"
import { Effect, Option, Schema } from "effect"
import { isErased } from "../../domain/posts/Post.js"
import { PageNotFound } from "../../errors/Address.js"
import type { Posts } from "../../services/Posts.js"
import { breathFor } from "../http/Body.js"

const PostId = Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, Number.MAX_SAFE_INTEGER))

/** The `id` in an address such as `/admin/edit/12`. */
export const idOfPath = Effect.flatMap(HttpLayerRouter.params, ({ id }) =>
  Effect.mapError(Schema.decodeUnknown(PostId)(id), () => new PageNotFound())
)

/**
 * The post whose `id` is in the address, deleted ones too, but not erased ones. A page of a long post is made in another
 * turn of the event loop than the one that has read it.
 */
export const postOfPath = (posts: Posts["Type"]) =>
  Effect.gen(function* () {
    const post = yield* posts.byId(yield* idOfPath)
    if (Option.isNone(post) || isErased(post.value)) return yield* new PageNotFound()
    yield* breathFor(post.value.rendering.html.length)
    return post.value
  })
