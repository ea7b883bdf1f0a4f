import { HttpServerResponse } from "@effect/platform"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"

/** A rendered document as text, doctype included. */
export const renderPage = (document: VNode): string => `<!doctype html>${renderToString(document)}`

/**
 * A document as a response. Public pages are kept by caches but asked about each time, so that an edit shows at once
 * and an unchanged page costs a 304.
 */
export const pageResponse = (
  document: VNode,
  options?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(renderPage(document), {
    status: options?.status ?? 200,
    contentType: "text/html; charset=utf-8",
    headers: { "cache-control": "public, max-age=0, must-revalidate", ...options?.headers }
  })
