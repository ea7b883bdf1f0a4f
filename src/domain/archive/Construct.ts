import type { ArchiveSite } from "./ArchiveSite.js"
import { embedded, escapedHtml, type Figure, fenced, htmlCode, htmlFigure, htmlLink, markdownLink } from "./Markup.js"
import { namedArgument, type TagArguments } from "./TagArguments.js"

/** The page that contains a construct. */
export interface PageContext {
  readonly site: ArchiveSite
  /** Whether the body is HTML instead of Markdown. */
  readonly isHtml: boolean
  readonly title?: string
  /** Address of the page on the old site. */
  readonly address?: string
  /**
   * The address of another page of the site, by its file, an old address or the name of a post. Returns the reference
   * itself if there is no such page.
   */
  readonly pageAt: (reference: string) => string
  /** The address of a file beside this page, or in an asset folder. */
  readonly fileAt: (reference: string) => string
}

/** The replacement of a construct. */
export type Resolution =
  /** Replaces the tag with a text; `after` replaces the closing tag of a block. */
  | { readonly kind: "text"; readonly text: string; readonly after?: string }
  /** Replaces a block and its content. */
  | { readonly kind: "whole"; readonly make: (inner: string) => string }
  /** Removes the tags of a block; its content is not parsed for templates. */
  | { readonly kind: "literal" }

/** A resolution that is a text. */
export const text = (given: string, after?: string): Resolution => ({
  kind: "text",
  text: given,
  ...(after === undefined ? {} : { after })
})

/** Removes the construct. */
export const nothing: Resolution = { kind: "whole", make: () => "" }

/** An image in the markup of the page. */
export const figure = (page: PageContext, given: Figure): Resolution =>
  text(htmlFigure({ ...given, src: page.fileAt(given.src) }))

/** A link in the markup of the page. */
export const link = ({ isHtml }: PageContext, label: string, address: string): Resolution =>
  text((isHtml ? htmlLink : markdownLink)(label, address))

/** A link to embedded content of a service; `undefined` if its address is unknown. */
export const embed = (page: PageContext, service: string, given: TagArguments): Resolution | undefined => {
  const [first, second] = given.positional
  const id = namedArgument(given, "id", "url", "video", "videoid", "src", "link", "tweet") ?? first
  const user = namedArgument(given, "user", "username")
  const path = service === "gist" && second !== undefined && !second.includes(".") ? `${first}/${second}` : id
  const found =
    user !== undefined && id !== undefined && /^(?:tweet|x|twitter)$/.test(service)
      ? {
          name: "Post on Twitter",
          url: `https://twitter.com/${encodeURIComponent(user)}/status/${encodeURIComponent(id)}`
        }
      : embedded(service, path)
  return found === undefined ? undefined : link(page, namedArgument(given, "title") ?? found.name, found.url)
}

/** A code block in the markup of the page. */
export const code = ({ isHtml }: PageContext, language = ""): Resolution => ({
  kind: "whole",
  make: (inner) => (isHtml ? htmlCode : fenced)(inner, /^[\w+#.-]*$/.test(language) ? language : "")
})

/** A block quotation with an optional title and source. */
export const quotation = (title: string | undefined, source: string | undefined): Resolution =>
  text(
    `<blockquote>\n\n${title === undefined ? "" : `<p><strong>${escapedHtml(title)}</strong></p>\n\n`}`,
    `\n\n${source === undefined ? "" : `<p><cite>${escapedHtml(source)}</cite></p>\n\n`}</blockquote>\n`
  )

/** Names of admonition boxes. */
const boxNames =
  /^(?:note|notice|info|tip|hint|warning|warn|caution|danger|important|alert|admonition|callout|success|error|failure|question|quote|example|abstract|summary|bug|box|aside|attention|details|expand|collapse|spoiler|message|todo|seealso)$/

/** Returns whether a name is that of an admonition box. */
export const isBox = (name: string): boolean => boxNames.test(name)

/** A box with its title, or with its kind as title. */
export const box = (name: string, given: TagArguments): Resolution => {
  const kind = namedArgument(given, "type", "kind", "class") ?? given.positional[0] ?? name
  const title = namedArgument(given, "title", "summary", "name") ?? given.positional.slice(1).join(" ")
  const shown = title !== "" ? title : name === "quote" ? undefined : kind
  return quotation(shown === undefined ? undefined : shown.charAt(0).toUpperCase() + shown.slice(1), undefined)
}
