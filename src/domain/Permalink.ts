import { Option, Schema } from "effect"
import { Slug } from "./Slug.js"

/** The path of a post's page on this site, such as `/notes/hello-world`. */
export const permalinkPath = (slug: Slug): string => `/notes/${slug}`

/** A post's absolute address. `siteUrl` may end in slashes; the address never holds a double one. */
export const permalink = (siteUrl: string, slug: Slug): string => `${siteUrl.replace(/\/+$/, "")}${permalinkPath(slug)}`

const parse = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined)

/** Double and trailing slashes and percent escapes mean nothing in a permalink. */
const segments = (pathname: string): ReadonlyArray<string> => {
  try {
    return decodeURIComponent(pathname)
      .split("/")
      .filter((segment) => segment !== "")
  } catch {
    return []
  }
}

/**
 * The slug that an address names, if it is a permalink of this site. Compared after normalisation: case of the host,
 * default port, http or https, double or trailing slashes, escapes, query and fragment, and the old `/note/` for
 * `/notes/` make no difference, because clients send back what they once stored.
 */
export const slugFromPermalink = (siteUrl: string, url: string): Option.Option<Slug> => {
  const site = parse(siteUrl)
  const given = parse(url.trim())
  if (site === undefined || given === undefined || !/^https?:$/.test(given.protocol) || given.host !== site.host) {
    return Option.none()
  }
  const base = segments(site.pathname)
  const parts = segments(given.pathname)
  const [kind, slug, ...rest] = parts.slice(base.length)
  const isHere = base.every((segment, index) => parts[index] === segment)
  if (!isHere || (kind !== "notes" && kind !== "note") || slug === undefined || rest.length > 0) return Option.none()
  return Schema.decodeUnknownOption(Slug)(slug)
}
