import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { Post } from "../../domain/posts/Post.js"
import { conditional } from "../http/Conditional.js"

/** Responds with the page of a post. Search engines leave out unlisted posts. */
export const postAnswer = ({ visibility }: Pick<Post, "visibility">, page: HttpServerResponse.HttpServerResponse) =>
  Effect.map(conditional(page), (response) =>
    visibility === "unlisted" ? HttpServerResponse.setHeader(response, "x-robots-tag", "noindex") : response
  )
