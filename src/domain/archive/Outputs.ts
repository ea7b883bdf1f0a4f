import { type PageContext, type Resolution, text } from "./Construct.js"
import { commonConstruct } from "./Shortcodes.js"
import { tagArguments } from "./TagArguments.js"

const call = /^(?<name>[a-z_][\w-]*)\s*\((?<args>[\s\S]*)\)$/i
const quoted = /^(?:"([^"]*)"|'([^']*)')$/

/** Filters that make an address of a path, or that leave an address unchanged. */
const addressFilters =
  /^(?:relative_url|absolute_url|url|absurl|relurl|htmlbaseurl|safe|escape|strip|uri_escape|cgi_escape|locale_url|prepend:\s*site\.(?:url|baseurl)|prepend\s+site\.(?:url|baseurl))$/i

/** Variables for the site's origin. Addresses here have no host, so these become empty. */
const origins = /^(?:site\.(?:url|github\.url|production_url)|config\.(?:url|base_url)|metadata\.url|site\.base_url)$/i

const scalar = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined

const variable = (name: string, { address, site, title }: PageContext): string | undefined => {
  if (origins.test(name)) return ""
  if (/^(?:site\.(?:baseurl|BaseURL)|config\.root)$/i.test(name)) return site.basePath
  if (/^(?:page|post)\.title$|^title$/i.test(name)) return title
  if (/^(?:page|post)\.(?:url|permalink|path)$/i.test(name)) return address
  const key = /^(?:site|config|metadata)\.(?<key>\w+)$/i.exec(name)?.groups?.key
  return key === undefined || !Object.hasOwn(site.configuration, key) ? undefined : scalar(site.configuration[key])
}

/** Resolves function calls of Tera, such as `get_url(path="@/blog/a.md")`. */
const called = (name: string, args: string, page: PageContext): Resolution | undefined => {
  const given = tagArguments(args)
  if (name === "get_url" || name === "url_for" || name === "asset" || name === "url") {
    const path = given.named.get("path") ?? given.positional[0]
    return path === undefined ? undefined : text(path.startsWith("@/") ? page.pageAt(path) : page.fileAt(path))
  }
  return commonConstruct(name.toLowerCase(), args, false, page)
}

/**
 * Evaluates `{{ … }}`; `undefined` if it cannot be resolved. Supports string literals, the site's address and
 * configuration, the page's title and address, filters for addresses, and Zola's shortcodes.
 */
export const output = (expression: string, page: PageContext): Resolution | undefined => {
  const { args, name } = call.exec(expression)?.groups ?? {}
  if (name !== undefined && args !== undefined) return called(name, args, page)
  const [first = "", ...filters] = expression.split("|").map((part) => part.trim())
  const literal = quoted.exec(first)
  const value = literal?.[1] ?? literal?.[2] ?? variable(first, page)
  if (value === undefined || !filters.every((filter) => addressFilters.test(filter))) return undefined
  return text(value)
}
