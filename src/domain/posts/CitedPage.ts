import { Schema } from "effect"
import { type Citation, citationOf } from "./Citation.js"
import { oneLine, shortened } from "./Line.js"
import type { Properties } from "./Microformats.js"
import { type Nested, nestedTexts } from "./Nested.js"
import { relationsOf } from "./Relation.js"

/** Facts about a page that a post cites by its address alone. */
export const CitedPage = Schema.Struct({
  /** The address as the post has it. */
  address: Schema.String,
  /** Title, at most 200 characters. */
  name: Schema.optionalWith(Schema.String, { exact: true }),
  author: Schema.optionalWith(
    Schema.Struct({
      name: Schema.String,
      /** http or https. */
      url: Schema.optionalWith(Schema.String, { exact: true })
    }),
    { exact: true }
  ),
  /** Beginning of its text, or its description, at most 300 characters. */
  excerpt: Schema.optionalWith(Schema.String, { exact: true })
})

export type CitedPage = typeof CitedPage.Type

/** Maximum number of pages that are read for a post, and length of their addresses. */
const most = { pages: 3, address: 2_000, name: 200, excerpt: 300 }

const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address)

/**
 * The addresses of pages of other sites that a post answers, likes, bookmarks and so on without any details. The site's
 * own addresses are stored without a host, so they are not among them.
 */
export const addressesToRead = (properties: Properties): ReadonlyArray<string> => {
  const bare = relationsOf(properties).flatMap(({ citation: { name, url } }) =>
    name === undefined && url !== undefined && url.length <= most.address && isWeb(url) ? [url] : []
  )
  return [...new Set(bare)].slice(0, most.pages)
}

/** Adds the facts of a cited page to a citation that is only an address. */
export const withPage = (citation: Citation, pages: ReadonlyArray<CitedPage>): Citation => {
  const page = citation.name === undefined ? pages.find(({ address }) => address === citation.url) : undefined
  if (page === undefined) return citation
  const { author, excerpt, name } = page
  return {
    ...citation,
    type: citation.type ?? "h-cite",
    name,
    authors: author === undefined ? citation.authors : [{ name: author.name, url: author.url }],
    ...(excerpt !== undefined && { excerpt })
  }
}

/** An item of a page as the microformats parser returns it. */
interface ParsedItem {
  readonly type?: ReadonlyArray<string> | undefined
  readonly properties: Readonly<Record<string, ReadonlyArray<unknown>>>
}

/** The parts of a page that are read. */
export interface ReadablePage {
  readonly items: ReadonlyArray<ParsedItem>
  /** Contents of `meta` elements by name or property in lower case, such as `og:title`; the first of each. */
  readonly metas: ReadonlyMap<string, string>
  readonly title: string | undefined
}

/** Microformats of a page that is about one thing. */
const works = ["h-entry", "h-event", "h-review", "h-recipe", "h-product", "h-cite"]

const line = (text: string | undefined, length: number): string | undefined => {
  const found = shortened(oneLine(text ?? ""), length)
  return found === "" ? undefined : found
}

/** Reads the title, author and text of a page: from microformats first, then OpenGraph, then the title element. */
export const citedPage = (address: string, page: ReadablePage): CitedPage => {
  const item = page.items.find(({ type = [] }) => type.some((each) => works.includes(each)))
  const work: Nested | undefined = item === undefined ? undefined : { ...item }
  const citation = work === undefined ? undefined : citationOf(work)
  const own = (name: string) => (work === undefined ? undefined : nestedTexts(work, name)[0])
  const meta = (name: string) => page.metas.get(name)
  const name = line(own("name") ?? meta("og:title") ?? meta("twitter:title") ?? page.title, most.name)
  const text = own("summary") ?? own("content") ?? meta("og:description") ?? meta("description")
  const excerpt = line(text, most.excerpt)
  const [named] = citation?.authors ?? []
  const byName = line(meta("author") ?? meta("article:author"), most.name)
  const author = named ?? (byName === undefined || isWeb(byName) ? undefined : { name: byName, url: undefined })
  return {
    address,
    // A note has no title; parsers make one of its text.
    ...(name !== undefined && (excerpt === undefined || !excerpt.startsWith(name)) && { name }),
    ...(author !== undefined && {
      author: { name: author.name, ...(author.url !== undefined && isWeb(author.url) && { url: author.url }) }
    }),
    ...(excerpt !== undefined && excerpt !== name && { excerpt })
  }
}

/** Returns whether a page has an author, an excerpt or a name. */
export const saysSomething = ({ author, excerpt, name }: CitedPage): boolean =>
  name !== undefined || author !== undefined || excerpt !== undefined
