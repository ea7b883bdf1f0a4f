import { Effect, Layer } from "effect"
import type { OutboundFailure } from "../../src/errors/Outbound.js"
import { type OutboundRequest, type OutboundResponse, SafeHttp } from "../../src/services/SafeHttp.js"

/** Outbound HTTP answered by a function, for tests without network. */
export const layerOf = (
  answer: (request: OutboundRequest) => Effect.Effect<OutboundResponse, OutboundFailure>
): Layer.Layer<SafeHttp> =>
  Layer.succeed(SafeHttp, { request: Effect.fn("SafeHttp.request")((request) => answer(request)) })

/** Response with this text from the requested address; 200 and HTML unless `options` says otherwise. */
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
