import { Option } from "effect"
import { paths } from "../indieauth/Endpoints.js"
import type { Site } from "./Site.js"

/** What programs look for on the owner's page: a relation and an absolute address. */
export interface DiscoveryLink {
  readonly rel: "indieauth-metadata" | "authorization_endpoint" | "token_endpoint" | "micropub"
  readonly href: string
}

/**
 * Where clients sign in and publish (IndieAuth §4.1, Micropub §5.3). Where the owner's identity is another site, that
 * site says where its owner signs in; this one only takes the posts.
 */
export const discoveryLinks = (site: Pick<Site, "url" | "me">): ReadonlyArray<DiscoveryLink> => {
  const micropub: DiscoveryLink = { rel: "micropub", href: `${site.url}/micropub` }
  if (Option.isSome(site.me)) return [micropub]
  return [
    { rel: "indieauth-metadata", href: `${site.url}${paths.metadata}` },
    { rel: "authorization_endpoint", href: `${site.url}${paths.authorization}` },
    { rel: "token_endpoint", href: `${site.url}${paths.token}` },
    micropub
  ]
}

/** The same as the value of a `Link` header (RFC 8288), which clients read without parsing the page. */
export const discoveryHeader = (site: Pick<Site, "url" | "me">): string =>
  discoveryLinks(site)
    .map(({ href, rel }) => `<${href}>; rel="${rel}"`)
    .join(", ")
