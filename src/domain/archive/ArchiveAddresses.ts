import type { ArchiveSite } from "./ArchiveSite.js"
import { type Fields, listIn, textIn } from "./Fields.js"
import { type ArchivePage, folderOf, type SiteReading } from "./Generator.js"
import { asksForMarks } from "./generators/Obsidian.js"

/** Returns whether a text has anything other than HTML comments and white space. */
export const hasText = (text: string): boolean =>
  /\S/.test(text.includes("<!--") ? text.replace(/<!--[\s\S]*?-->/g, "") : text)

/** The target of a page that only redirects; `undefined` for other pages. */
export const redirectIn = (fields: Fields, body: string, isHtml: boolean): string | undefined => {
  const always = textIn(listIn(fields.first("redirectto")?.value)[0])
  if (always !== undefined) return always
  const named = textIn(listIn(fields.first("redirect", "redirecturl", "redirection", "movedto")?.value)[0])
  if (named !== undefined && /^(?:https?:|\/|\.)/.test(named) && !hasText(body)) return named
  const layout = textIn(fields.first("layout", "template")?.value) ?? ""
  const target = textIn(fields.first("target", "url", "to", "link")?.value)
  if (/^(?:redirect(?:ed)?|alias)(?:\.\w+)?$/i.test(layout) && target !== undefined && !hasText(body)) return target
  const refresh = /<meta\b[^>]{0,200}\bhttp-equiv\s*=\s*["']?refresh["']?[^>]{0,200}\burl=\s*['"]?([^"'>\s]{1,2000})/i
  return isHtml && body.length < 2_000 ? refresh.exec(body)?.[1] : undefined
}

/** Fields whose values are addresses of the page on the old site. */
export const ownAddressFields = ["permalink", "url", "path", "slug"] as const
const formerAddressFields = [
  "aliases",
  "alias",
  "redirectfrom",
  "redirectsfrom",
  "oldurl",
  "oldurls",
  "originalurl"
] as const
const fullAddressFields = ["permalink", "wordpressurl", "canonicalpath", "link", "guid", "originalurl"] as const

const givenAddresses = (fields: Fields, page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const texts = (names: ReadonlyArray<string>) =>
    fields.all(...names).flatMap(({ value }) => listIn(value).flatMap((item) => textIn(item)?.trim() ?? []))
  const own = texts(ownAddressFields).filter((text) => /^\/[^\s{}:<>]*$/.test(text))
  // In a vault, aliases are alternative names of a note, not addresses.
  const former = asksForMarks(site) || site.generator === "quartz" ? [] : texts(formerAddressFields)
  const relative = folderOf(page.place.contentPath)
  const paths = former.flatMap((text) => {
    if (/^https?:\/\//i.test(text) || /[\s{}<>]/.test(text)) return []
    if (text.startsWith("/")) return [text]
    return [`/${text}`, ...(relative === "" ? [] : [`/${relative}/${text}`])]
  })
  const full = [...texts(fullAddressFields), ...former].filter(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text)
  )
  const ours = full.filter((text) => site.origin === undefined || new URL(text).host === new URL(site.origin).host)
  return [...own, ...paths, ...ours.map((text) => new URL(text).pathname).filter((path) => path !== "/")]
}

/** The addresses that a page had, without the base path of the site. */
export const addressesOf = (
  fields: Fields,
  page: ArchivePage,
  { reading, site }: { readonly reading: SiteReading; readonly site: ArchiveSite }
): ReadonlyArray<string> => {
  const { basePath } = site
  const all = [...reading.addresses(page), ...givenAddresses(fields, page, site)].map((address) =>
    basePath !== "" && address.startsWith(`${basePath}/`) ? address.slice(basePath.length) : address
  )
  return [...new Set(all)].filter((path) => path !== "/")
}
