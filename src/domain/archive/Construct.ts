import type { ArchiveSite } from "./ArchiveSite.js"
import { embedded, escapedHtml, type Figure, fenced, htmlCode, htmlFigure, htmlLink, markdownLink } from "./Markup.js"
import { namedArgument, type TagArguments } from "./TagArguments.js"

/** The page that a construct stands on. */
export interface PageContext {
  readonly site: ArchiveSite
  /** The body is HTML, not Markdown. */
  readonly isHtml: boolean
  readonly title?: string
  /** Where the old site showed it. */
  readonly address?: string
  /**
   * The address of another page of the site, by what a generator calls it: a file, an old address, the name of a post.
   * Without a page of that name, what was asked for.
   */
  readonly pageAt: (reference: string) => string
  /** The address of a file that lies with this page, or below a folder of assets. */
  readonly fileAt: (reference: string) => string
}

/** What takes the place of a construct. */
export type Resolution =
  /** A text for the tag; of a block, the closing tag goes. */
  | { readonly kind: "text"; readonly text: string; readonly after?: string }
  /** A text for the block and all that is in it. */
  | { readonly kind: "whole"; readonly make: (inner: string) => string }
  /** The block without its tags; what is in it is no template. */
  | { readonly kind: "literal" }

/** A resolution that is a text. */
export const text = (given: string, after?: string): Resolution => ({
  kind: "text",
  text: given,
  ...(after === undefined ? {} : { after })
})

/** Nothing is left of the construct. */
export const nothing: Resolution = { kind: "whole", make: () => "" }

/** A picture in the language of the page. */
export const figure = (page: PageContext, given: Figure): Resolution =>
  text(htmlFigure({ ...given, src: page.fileAt(given.src) }))

/** A link in the language of the page. */
export const link = ({ isHtml }: PageContext, label: string, address: string): Resolution =>
  text((isHtml ? htmlLink : markdownLink)(label, address))

/** A link to what is embedded from a service; `undefined` where nobody knows where it is. */
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

/** Code as the page shows code. */
export const code = ({ isHtml }: PageContext, language = ""): Resolution => ({
  kind: "whole",
  make: (inner) => (isHtml ? htmlCode : fenced)(inner, /^[\w+#.-]*$/.test(language) ? language : "")
})

/** A quotation, or something else that stands apart, with a title or a source. */
export const quotation = (title: string | undefined, source: string | undefined): Resolution =>
  text(
    `<blockquote>\n\n${title === undefined ? "" : `<p><strong>${escapedHtml(title)}</strong></p>\n\n`}`,
    `\n\n${source === undefined ? "" : `<p><cite>${escapedHtml(source)}</cite></p>\n\n`}</blockquote>\n`
  )

/** Titles of boxes that say what they are. */
const boxNames =
  /^(?:note|notice|info|tip|hint|warning|warn|caution|danger|important|alert|admonition|callout|success|error|failure|question|quote|example|abstract|summary|bug|box|aside|attention|details|expand|collapse|spoiler|message|todo|seealso)$/

/** Whether a name is that of a box: a stretch of text that stands apart. */
export const isBox = (name: string): boolean => boxNames.test(name)

/** A box, under the title that it has or is. */
export const box = (name: string, given: TagArguments): Resolution => {
  const kind = namedArgument(given, "type", "kind", "class") ?? given.positional[0] ?? name
  const title = namedArgument(given, "title", "summary", "name") ?? given.positional.slice(1).join(" ")
  const shown = title !== "" ? title : name === "quote" ? undefined : kind
  return quotation(shown === undefined ? undefined : shown.charAt(0).toUpperCase() + shown.slice(1), undefined)
}
