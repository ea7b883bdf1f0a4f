import GithubSlugger from "github-slugger"

/** Ids that the site's pages use themselves, so that headings must not have them. */
const reserved = ["main"]

/** Maximum number of a heading's characters in its id. */
const considered = 300

const tags = /<(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [^<>]*)?)>/g
const heading = /^h[1-6]$/
const ownId = / id="(?<id>[^"]*)"/

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }

const textOf = (html: string): string =>
  html.replace(/<[^<>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "")

/** The id of a heading with this text, as on GitHub, before it is made unique. */
export const headingId = (text: string): string => new GithubSlugger().slug(text.trim())

/**
 * Adds ids to the headings of sanitized HTML, made from their text as on GitHub. An id stays only on the first element
 * that has it. Headings get no id that the page itself uses.
 */
export const withIds = (html: string): string => {
  if (!/<h[1-6]| id="/.test(html)) return html
  const slugger = new GithubSlugger()
  for (const id of reserved) slugger.slug(id)
  const given = new Set<string>()
  for (const { groups } of html.matchAll(tags)) {
    const id = ownId.exec(groups?.attributes ?? "")?.groups?.id
    if (id !== undefined) slugger.occurrences[id.toLowerCase()] ??= 0
  }
  return html.replace(tags, (tag, name: string, attributes: string, at: number) => {
    const id = ownId.exec(attributes)?.groups?.id
    if (id !== undefined) {
      const isOurs = id !== "" && !/\s/.test(id) && !reserved.includes(id) && !given.has(id)
      if (isOurs) given.add(id)
      return isOurs ? tag : tag.replace(ownId, "")
    }
    if (!heading.test(name)) return tag
    const from = at + tag.length
    const rest = html.slice(from, from + 4 * considered)
    const end = rest.indexOf(`</${name}>`)
    const slug = slugger.slug(
      textOf(end === -1 ? rest : rest.slice(0, end))
        .trim()
        .slice(0, considered)
    )
    if (slug === "" || given.has(slug)) return tag
    given.add(slug)
    return `<${name} id="${slug}"${attributes}>`
  })
}

/** Makes ids unique on a page with several posts: prefixes every id, and the links to it. The prefix is a slug. */
export const withPrefixedIds = (html: string, prefix: string): string =>
  / id="| href="#/.test(html)
    ? html.replace(tags, (tag) =>
        tag.replace(/ id="/, ` id="${prefix}--`).replace(/ href="#(?=[^"])/, ` href="#${prefix}--`)
      )
    : html
