import { Option, Schema } from "effect"
import type { OwnHosts } from "./OwnAddress.js"
import { isReservedPage } from "./PagePath.js"
import { isPage, type Post } from "./Post.js"
import { Slug } from "./Slug.js"

/**
 * The path of a post, such as `/notes/hello-world`, or of a page of the site, such as `/about`. A page with a reserved
 * address (imported, or created before the address was reserved) has the path of a post.
 */
export const permalinkPath = (slug: Slug, isOfSite = false): string =>
  isOfSite && !isReservedPage(slug) ? `/${slug}` : `/notes/${slug}`

/** A post with all that its address depends on. */
type Placed = Pick<Post, "properties" | "slug">

/** The path of a post or page. */
export const pathOf = (post: Placed): string => permalinkPath(post.slug, isPage(post))

/** The absolute address of a post or page. `siteUrl` may end with slashes; the result has no double slash. */
export const permalink = (siteUrl: string, post: Placed): string => `${siteUrl.replace(/\/+$/, "")}${pathOf(post)}`

const parse = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined)

/** Splits a path, ignoring double and trailing slashes and percent escapes. */
const segments = (pathname: string): ReadonlyArray<string> => {
  try {
    return decodeURIComponent(pathname)
      .split("/")
      .filter((segment) => segment !== "")
  } catch {
    return []
  }
}

const decodeSlug = Schema.decodeUnknownOption(Slug)

/**
 * The slug in an address, if it is that of a post or a page under one of these hosts. Ignores the case of the host, the default
 * port, http or https, double or trailing slashes, escapes, query and fragment, and accepts the old `/note/`, because
 * clients send addresses that they stored long ago.
 */
export const slugFromPermalink = (hosts: OwnHosts, url: string): Option.Option<Slug> => {
  const given = parse(url.trim())
  if (given === undefined || !/^https?:$/.test(given.protocol) || !hosts.has(given.host)) return Option.none()
  const [first, second, ...rest] = segments(given.pathname)
  if (rest.length > 0) return Option.none()
  if (second === undefined) return Option.filter(decodeSlug(first), (page) => !isReservedPage(page))
  return first === "notes" || first === "note" ? decodeSlug(second) : Option.none()
}
