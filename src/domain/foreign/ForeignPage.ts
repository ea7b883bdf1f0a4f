import { Either } from "effect"
import { Parser } from "htmlparser2"
import { mf2 } from "microformats-parser"
import type { ClientId } from "../indieauth/ClientId.js"
import { type ClientMetadata, fromPage } from "../indieauth/ClientMetadata.js"
import type { ProviderLinks } from "../indieauth/ProviderLinks.js"
import { plainTree } from "../PlainTree.js"
import { type CitedPage, citedPage, type ReadablePage } from "../posts/CitedPage.js"
import { shallow } from "../ShallowPage.js"
import { providerPage } from "./ProviderPage.js"

/** A page of another site, and the purpose for which it is read. */
export type PageQuestion =
  | { readonly about: "cited"; readonly address: string; readonly html: string; readonly url: string }
  | { readonly about: "client"; readonly clientId: ClientId; readonly html: string; readonly url: string }
  | { readonly about: "provider"; readonly html: string; readonly url: string }

/** The data read from a page, by purpose. `undefined` for an app whose page cannot be parsed. */
export interface PageAnswers {
  readonly cited: CitedPage
  readonly client: ClientMetadata | undefined
  readonly provider: ProviderLinks
}

const microformats = (html: string, baseUrl: string) => Either.try(() => mf2(plainTree(html), { baseUrl }))

/** `meta` elements by name or property in lower case, the first of each, and the title. */
const head = (html: string): Pick<ReadablePage, "metas" | "title"> => {
  const metas = new Map<string, string>()
  let title: string | undefined
  let isTitle = false
  const parser = new Parser({
    onopentag: (name, { content, name: named, property }) => {
      if (name === "title" && title === undefined) isTitle = true
      const key = (property ?? named)?.toLowerCase()
      if (name === "meta" && key !== undefined && content !== undefined && !metas.has(key)) metas.set(key, content)
    },
    ontext: (part) => {
      if (isTitle) title = `${title ?? ""}${part}`
    },
    onclosetag: (name) => {
      if (name === "title") isTitle = false
    }
  })
  parser.write(html)
  parser.end()
  return { metas, title }
}

/**
 * Parses the beginning of a page for microformats, the head of a cited page, or the links of the owner's page. This may take
 * long, so it runs only in the thread of `PageParser`, which alone loads the parser.
 */
export const readPage = (question: PageQuestion): PageAnswers[keyof PageAnswers] => {
  const { url } = question
  if (question.about === "provider") return providerPage(question.html, url)
  const html = shallow(question.html)
  const parsed = microformats(html, url)
  if (question.about === "client") {
    return Either.match(parsed, { onLeft: () => undefined, onRight: (page) => fromPage(page, question.clientId, url) })
  }
  const items = Either.match(parsed, { onLeft: (): ReadablePage["items"] => [], onRight: (page) => page.items })
  return citedPage(question.address, { items, ...head(html) })
}
