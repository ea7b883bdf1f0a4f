import { HttpLayerRouter } from "@effect/platform"
import { Effect, Option, Schema } from "effect"
import { isErased } from "../../domain/posts/Post.js"
import { PageNotFound } from "../../errors/Address.js"
import type { Posts } from "../../services/Posts.js"

const PostId = Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, Number.MAX_SAFE_INTEGER))

/** The `id` in an address such as `/admin/edit/12`. */
export const idOfPath = Effect.flatMap(HttpLayerRouter.params, ({ id }) =>
  Effect.mapError(Schema.decodeUnknown(PostId)(id), () => new PageNotFound())
)

/** The post whose `id` is in the address, deleted ones too, but not erased ones. */
export const postOfPath = (posts: Posts["Type"]) =>
  Effect.gen(function* () {
    const post = yield* posts.byId(yield* idOfPath)
    return Option.isSome(post) && !isErased(post.value) ? post.value : yield* new PageNotFound()
  })
