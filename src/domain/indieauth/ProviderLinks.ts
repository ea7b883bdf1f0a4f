import { Effect } from "effect"

/** Endpoints that a page names for its owner: absolute addresses, http or https. */
export interface ProviderLinks {
  readonly metadata?: string
  readonly authorization?: string
  readonly token?: string
}

/** A link with its relations, in lower case, and its absolute address. */
export interface Link {
  readonly rels: ReadonlyArray<string>
  readonly href: string
}

const headerParser = Effect.promise(() => import("http-link-header"))

/** The relations in a `rel` attribute or parameter. */
export const relsOf = (rel: string): ReadonlyArray<string> => rel.toLowerCase().split(/\s+/)

/** An address as an absolute one; none if it is invalid or neither http nor https. */
export const absolute = (href: string, base: string): ReadonlyArray<string> => {
  if (!URL.canParse(href, base)) return []
  const url = new URL(href, base)
  return url.protocol === "https:" || url.protocol === "http:" ? [url.href] : []
}

/**
 * Returns the first link of each kind (IndieAuth §4.1): `rel=indieauth-metadata`, and the older
 * `rel=authorization_endpoint` and `rel=token_endpoint`.
 */
export const firstLinks = (links: ReadonlyArray<Link>): ProviderLinks => {
  const first = (rel: string) => links.find(({ rels }) => rels.includes(rel))?.href
  const metadata = first("indieauth-metadata")
  const authorization = first("authorization_endpoint")
  const token = first("token_endpoint")
  return {
    ...(metadata === undefined ? {} : { metadata }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(token === undefined ? {} : { token })
  }
}

/** Finds the endpoints in a `Link` header (RFC 8288); none if it is not valid. `url` is the base of relative addresses. */
export const headerLinks = (header: string, url: string): Effect.Effect<ProviderLinks> =>
  Effect.gen(function* () {
    const { default: LinkHeader } = yield* headerParser
    const { refs } = yield* Effect.try(() => LinkHeader.parse(header))
    return firstLinks(
      refs.flatMap(({ rel, uri }) => absolute(uri, url).map((href): Link => ({ rels: relsOf(rel), href })))
    )
  }).pipe(Effect.orElseSucceed((): ProviderLinks => ({})))
