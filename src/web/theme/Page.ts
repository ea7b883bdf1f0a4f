import { HttpServerResponse } from "@effect/platform"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"

/** A rendered document as text, doctype included. */
export const renderPage = (document: VNode): string => `<!doctype html>${renderToString(document)}`

/** A document as a response. How it may be kept is for `conditional` and the route to say. */
export const pageResponse = (
  document: VNode,
  options?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(renderPage(document), { ...options, contentType: "text/html; charset=utf-8" })
