import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { conditional, type Validation } from "./Conditional.js"
import type { RequestContext } from "./RequestContext.js"

/**
 * Like `conditional`, for content whose validators are known in advance: content that the client already has is neither
 * read nor rendered.
 */
export const revalidated = <E, R>(
  validation: Validation & { readonly etag: string },
  render: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>
): Effect.Effect<HttpServerResponse.HttpServerResponse, E, R | HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.flatMap(conditional(HttpServerResponse.empty({ status: 200 }), validation), (answer) =>
    answer.status === 304
      ? Effect.succeed(answer)
      : Effect.flatMap(render, (response) => conditional(response, validation))
  )
