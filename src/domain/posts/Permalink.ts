import { Option, Schema } from "effect"
import type { OwnHosts } from "./OwnAddress.js"
import { Slug } from "./Slug.js"

/** The path of a post's page, such as `/notes/hello-world`. */
export const permalinkPath = (slug: Slug): string => `/notes/${slug}`

/** The absolute address of a post. `siteUrl` may end with slashes; the result has no double slash. */
export const permalink = (siteUrl: string, slug: Slug): string => `${siteUrl.replace(/\/+$/, "")}${permalinkPath(slug)}`

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

/**
 * The slug in an address, if it is a permalink under one of these hosts. Ignores the case of the host, the default
 * port, http or https, double or trailing slashes, escapes, query and fragment, and accepts the old `/note/`, because
 * clients send addresses that they stored long ago.
 */
export const slugFromPermalink = (hosts: OwnHosts, url: string): Option.Option<Slug> => {
  const given = parse(url.trim())
  if (given === undefined || !/^https?:$/.test(given.protocol) || !hosts.has(given.host)) return Option.none()
  const [kind, slug, ...rest] = segments(given.pathname)
  if ((kind !== "notes" && kind !== "note") || slug === undefined || rest.length > 0) return Option.none()
  return Schema.decodeUnknownOption(Slug)(slug)
}
