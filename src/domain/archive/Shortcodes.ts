import { box, code, embed, figure, isBox, nothing, type PageContext, type Resolution, text } from "./Construct.js"
import { escapedHtml } from "./Markup.js"
import { namedArgument, tagArguments } from "./TagArguments.js"
import type { TemplateTag } from "./TemplateTag.js"

/** Shortcodes with which themes show an image. */
const pictures =
  /^(?:figure|fig|img|image|picture|photo|lightbox|imgproc|resize_image|zoomable|responsive-?image|float-?image)$/

/** Shortcodes that only style their content, which is kept. */
const wrappers =
  /^(?:raw|rawhtml|html|unsafe|safe|center|lead|left|right|div|span|section|markdown|md|noformat|katex|math|latex|keepit)$/

/** Resolves a construct by a common name, in any template syntax: images, videos, boxes, code. */
export const commonConstruct = (
  name: string,
  rest: string,
  isBlock: boolean,
  page: PageContext
): Resolution | undefined => {
  const given = tagArguments(rest)
  if (pictures.test(name)) {
    const src = namedArgument(given, "src", "path", "url", "image", "file", "image_path", "link") ?? given.positional[0]
    if (src === undefined) return undefined
    return figure(page, {
      src,
      alt: namedArgument(given, "alt", "title") ?? namedArgument(given, "caption"),
      caption: namedArgument(given, "caption", "title"),
      link: given.named.has("src") ? namedArgument(given, "link", "href") : undefined,
      width: namedArgument(given, "width", "w"),
      height: namedArgument(given, "height", "h")
    })
  }
  if (name === "highlight" || name === "codeblock" || name === "code" || name === "prism") {
    const language = namedArgument(given, "lang", "language") ?? given.positional[0] ?? ""
    return isBlock ? code(page, language) : undefined
  }
  if (name === "mermaid") return isBlock ? code(page, "mermaid") : undefined
  if (name === "audio" || name === "video") {
    const src = namedArgument(given, "src", "url", "file", "mp4", "webm") ?? given.positional[0]
    return src === undefined
      ? undefined
      : text(`<${name} src="${escapedHtml(page.fileAt(src))}" controls></${name}>`, "")
  }
  if (isBlock && wrappers.test(name)) return text("", "")
  if (isBlock && isBox(name)) return box(name, given)
  return embed(page, name, given)
}

/** Resolves a shortcode of Hugo; `undefined` if that is not possible. */
export const shortcode = ({ name, rest }: TemplateTag, isBlock: boolean, page: PageContext): Resolution | undefined => {
  if (name === "ref" || name === "relref") {
    const given = tagArguments(rest)
    const reference = namedArgument(given, "path") ?? given.positional[0]
    return reference === undefined ? undefined : text(page.pageAt(reference))
  }
  if (name === "param") {
    const params = page.site.configuration.params
    const [key = ""] = tagArguments(rest).positional
    const value = typeof params === "object" && params !== null ? (params as Record<string, unknown>)[key] : undefined
    return typeof value === "string" || typeof value === "number" ? text(String(value)) : undefined
  }
  if (name === "comment") return nothing
  if (name === "toc" || name === "table_of_contents") return nothing
  return commonConstruct(name, rest, isBlock, page)
}
