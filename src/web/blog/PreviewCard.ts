import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import { isForVisitors } from "../../domain/posts/Post.js"
import { Slug } from "../../domain/posts/Slug.js"
import { PageNotFound } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { PreviewCards } from "../../services/PreviewCards.js"
import { conditional } from "../http/Conditional.js"
import { mediaFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { cardOf } from "../theme/Card.js"
import { entryView } from "../theme/EntryView.js"
import { site } from "../theme/Site.js"

/**
 * `GET /cards/{slug}.{version}.png`: the picture of a post's link preview. Only the present version is found, so nobody can
 * have other texts drawn.
 */
export const previewCard = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const cards = yield* PreviewCards
    yield* routes.add(
      mediaFile,
      "GET",
      "/cards/:file",
      Effect.gen(function* () {
        const { file = "" } = yield* HttpLayerRouter.params
        const slug = Schema.decodeUnknownOption(Slug)(file.replace(/\..*$/, ""))
        const post = Option.flatten(yield* Effect.transposeMapOption(slug, (known) => posts.bySlug(known)))
        const about = yield* site
        const now = yield* Clock.currentTimeMillis
        // Any cache keeps the answer for good, so the owner sees no other cards than visitors do.
        const open = Option.filter(post, (each) => each.deletedAt === undefined && isForVisitors(each, now))
        const card = Option.flatMap(open, (each) => cardOf(each, entryView(each, about), about))
        if (Option.isNone(card) || card.value.path !== `/cards/${file}`) return yield* new PageNotFound()
        return yield* conditional(
          HttpServerResponse.uint8Array(yield* cards.draw(card.value.card), {
            contentType: "image/png",
            headers: { "content-security-policy": "default-src 'none'; sandbox" }
          }),
          { etag: `"${file}"` }
        )
      })
    )
  })
)
