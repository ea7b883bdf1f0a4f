import { HttpServerResponse } from "@effect/platform"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"
import { unmarked, withLanguages } from "../../texts/Fallback.js"
import { speak } from "../../texts/Texts.js"
import type { Site } from "./Site.js"

/** A page's component. Its property `site` has the language of the page. */
export type PageNode = VNode<{ readonly site?: Pick<Site, "language"> }>

/** Renders a document as text, with doctype. Texts that the site's language lacks are marked as English. */
export const renderPage = (document: PageNode): string => {
  if (document.props.site !== undefined) speak(document.props.site.language)
  const html = renderToString(document)
  return `<!doctype html>${html.startsWith('<html lang="en"') ? unmarked(html) : withLanguages(html)}`
}

/** Responds with a document. `conditional` and the route decide about caching. */
export const pageResponse = (
  document: PageNode,
  options?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(renderPage(document), { ...options, contentType: "text/html; charset=utf-8" })
