import { Effect, Layer } from "effect"
import type { OutboundFailure } from "../../src/errors/failure/Outbound.js"
import { type OutboundRequest, type OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** Other people's servers as a function, for tests of what stands on them. Nothing leaves the machine. */
export const layerOf = (
  answer: (request: OutboundRequest) => Effect.Effect<OutboundResponse, OutboundFailure>
): Layer.Layer<SafeHttp> =>
  Layer.succeed(SafeHttp, { request: Effect.fn("SafeHttp.request")((request) => answer(request)) })

/** What such a function may answer: this text from the address that was asked, with 200 and as HTML unless it says otherwise. */
export const answering = (
  request: OutboundRequest,
  text: string,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {}
): OutboundResponse => ({
  url: request.url,
  status: options.status ?? 200,
  headers: { "content-type": "text/html; charset=utf-8", ...options.headers },
  body: new TextEncoder().encode(text),
  text
})
