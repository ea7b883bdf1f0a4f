import type { HttpServerResponse } from "@effect/platform"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"
import { unmarked, withLanguages } from "../../texts/Fallback.js"
import { interfaceLanguage, speak } from "../../texts/Texts.js"
import { type DocumentPart, inParts, renderParts } from "./LongTexts.js"
import { responseOf, wholeText } from "./PageBody.js"
import type { Site } from "./Site.js"

/** A page's component. Its property `site` has the language of the page. */
export type PageNode = VNode<{ readonly site?: Pick<Site, "language"> }>

/** Adds the doctype, and marks texts that the site's language lacks as English. */
const finished = (html: string): string =>
  `<!doctype html>${html.startsWith('<html lang="en"') ? unmarked(html) : withLanguages(html)}`

/** Renders a part of a page in the page's language after other pages may have been rendered. */
const laterIn =
  (language: string) =>
  (make: () => VNode): ReadonlyArray<DocumentPart> => {
    speak(language)
    const finish = interfaceLanguage(language) === "en" ? unmarked : withLanguages
    return inParts(() => finish(renderToString(make())), laterIn(language))
  }

const partsOf = (document: PageNode): ReadonlyArray<DocumentPart> => {
  const language = document.props.site?.language
  if (language === undefined) return renderParts(document, finished)
  speak(language)
  return renderParts(document, finished, laterIn(language))
}

/** Renders a document as text, with doctype. */
export const renderPage = (document: PageNode): string => wholeText(partsOf(document))

/** Responds with a document. `conditional` and the route decide about caching. */
export const pageResponse = (
  document: PageNode,
  options?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
): HttpServerResponse.HttpServerResponse => responseOf(partsOf(document), options)
