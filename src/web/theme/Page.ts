import { HttpServerResponse } from "@effect/platform"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"

/** Renders a document as text, with doctype. */
export const renderPage = (document: VNode): string => `<!doctype html>${renderToString(document)}`

/** Responds with a document. `conditional` and the route decide about caching. */
export const pageResponse = (
  document: VNode,
  options?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(renderPage(document), { ...options, contentType: "text/html; charset=utf-8" })
