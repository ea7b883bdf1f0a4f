import { Effect } from "effect"
import { shallow } from "../ShallowPage.js"

/** Endpoints that a page names for its owner: absolute addresses, http or https. */
export interface ProviderLinks {
  readonly metadata?: string
  readonly authorization?: string
  readonly token?: string
}

/** A fetched page. */
export interface ProfilePage {
  /** Final address, after all redirects; the base of relative addresses. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

interface Link {
  readonly rels: ReadonlyArray<string>
  readonly href: string
}

const headerParser = Effect.promise(() => import("http-link-header"))
const htmlParser = Effect.promise(() => import("htmlparser2"))

const relsOf = (rel: string): ReadonlyArray<string> => rel.toLowerCase().split(/\s+/)

const absolute = (href: string, base: string): ReadonlyArray<string> => {
  if (!URL.canParse(href, base)) return []
  const url = new URL(href, base)
  return url.protocol === "https:" || url.protocol === "http:" ? [url.href] : []
}

/** The links of the `Link` header (RFC 8288); none if it is not valid. */
const linksInHeader = ({ headers, url }: ProfilePage) =>
  Effect.gen(function* () {
    const { default: LinkHeader } = yield* headerParser
    const { refs } = yield* Effect.try(() => LinkHeader.parse(headers.link ?? ""))
    return refs.flatMap(({ rel, uri }) => absolute(uri, url).map((href): Link => ({ rels: relsOf(rel), href })))
  }).pipe(Effect.orElseSucceed((): ReadonlyArray<Link> => []))

/** Maximum number of characters of a profile page that are read. */
const longestPage = 1_048_576

/**
 * Returns the `link` elements of an HTML page, not its `a` elements: visitors can leave those in comments. Reads at
 * most 1,048,576 characters, and stops where elements are nested more than 100 deep (see `shallow`).
 */
const linksInHtml = ({ headers, text, url }: ProfilePage) =>
  Effect.gen(function* () {
    const { Parser } = yield* htmlParser
    const links: Array<Link> = []
    if (!/html/i.test(headers["content-type"] ?? "html")) return links
    let base: string | undefined
    const found: Array<{ readonly rel: string; readonly href: string }> = []
    const parser = new Parser({
      onopentag: (name, { href, rel }) => {
        if (href === undefined) return
        if (name === "base") base ??= absolute(href, url)[0]
        if (name === "link" && rel !== undefined) found.push({ rel, href })
      }
    })
    parser.end(shallow(text, longestPage))
    for (const { href, rel } of found) {
      for (const address of absolute(href, base ?? url)) links.push({ rels: relsOf(rel), href: address })
    }
    return links
  })

/**
 * Finds the endpoints that a page names (IndieAuth §4.1): `rel=indieauth-metadata`, and the older
 * `rel=authorization_endpoint` and `rel=token_endpoint`. The header comes before the page, and the first link wins.
 */
export const providerLinks = (page: ProfilePage): Effect.Effect<ProviderLinks> =>
  Effect.gen(function* () {
    const links = [...(yield* linksInHeader(page)), ...(yield* linksInHtml(page))]
    const first = (rel: string) => links.find(({ rels }) => rels.includes(rel))?.href
    const metadata = first("indieauth-metadata")
    const authorization = first("authorization_endpoint")
    const token = first("token_endpoint")
    return {
      ...(metadata === undefined ? {} : { metadata }),
      ...(authorization === undefined ? {} : { authorization }),
      ...(token === undefined ? {} : { token })
    }
  })
