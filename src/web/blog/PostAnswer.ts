import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { Post } from "../../domain/posts/Post.js"
import { conditional } from "../http/Conditional.js"
import { RequestContext } from "../http/RequestContext.js"
import type { Site } from "../theme/Site.js"

/** Responds with the page of a post. Search engines leave out unlisted posts. Its views are counted if the owner wants. */
export const postAnswer = (
  { id, visibility }: Pick<Post, "id" | "visibility">,
  { countsViews }: Pick<Site, "countsViews">,
  page: HttpServerResponse.HttpServerResponse
) =>
  Effect.gen(function* () {
    if (countsViews) yield* Effect.flatMap(RequestContext, ({ show }) => show(id))
    const response = yield* conditional(page)
    return visibility === "unlisted" ? HttpServerResponse.setHeader(response, "x-robots-tag", "noindex") : response
  })
