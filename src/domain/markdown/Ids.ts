import GithubSlugger from "github-slugger"

/** Ids that pages of this site have for themselves. */
const reserved = ["main"]

/** Characters of a heading that its id is made of at most. */
const considered = 300

const tags = /<(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [^<>]*)?)>/g
const heading = /^h[1-6]$/
const ownId = / id="(?<id>[^"]*)"/

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }

const textOf = (html: string): string =>
  html.replace(/<[^<>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "")

/** The id that a heading with this text has where nothing else has it: as GitHub makes them. */
export const headingId = (text: string): string => new GithubSlugger().slug(text.trim())

/**
 * Gives the headings of sanitised HTML ids, made of their text as GitHub makes them, and leaves every id to the first that
 * has it. An id that could be mistaken for one of the page's own is left out.
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

/**
 * HTML whose ids are unique on a page that shows several posts: each begins with `prefix`, and links to them follow. The
 * prefix is a slug.
 */
export const withPrefixedIds = (html: string, prefix: string): string =>
  / id="| href="#/.test(html)
    ? html.replace(tags, (tag) =>
        tag.replace(/ id="/, ` id="${prefix}--`).replace(/ href="#(?=[^"])/, ` href="#${prefix}--`)
      )
    : html
