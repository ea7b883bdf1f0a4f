import { Option, Schema } from "effect"
import type { OwnHosts } from "./OwnAddress.js"
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
 * The slug that an address names, if it is a permalink under one of these hosts, or a path on this site. Compared after normalisation: case of the host,
 * default port, http or https, double or trailing slashes, escapes, query and fragment, and the old `/note/` for
 * `/notes/` make no difference, because clients send back what they once stored.
 */
export const slugFromPermalink = (hosts: OwnHosts, url: string): Option.Option<Slug> => {
  const given = parse(url.trim())
  if (given === undefined || !/^https?:$/.test(given.protocol) || !hosts.has(given.host)) return Option.none()
  const [kind, slug, ...rest] = segments(given.pathname)
  if ((kind !== "notes" && kind !== "note") || slug === undefined || rest.length > 0) return Option.none()
  return Schema.decodeUnknownOption(Slug)(slug)
}
