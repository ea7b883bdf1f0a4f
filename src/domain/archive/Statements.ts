import { code, link, nothing, type PageContext, quotation, type Resolution, text } from "./Construct.js"
import { commonConstruct } from "./Shortcodes.js"
import { namedArgument, tagArguments } from "./TagArguments.js"
import type { TemplateTag } from "./TemplateTag.js"

/** Resolves `{% include figure.html src="/a.png" %}` by the name of the included file. */
const included = (rest: string, page: PageContext): Resolution | undefined => {
  const [file = ""] = rest.split(/\s/, 1)
  const name = file
    .replace(/^.*\//, "")
    .replace(/\.[a-z]+$/i, "")
    .replace(/^_/, "")
    .toLowerCase()
  const base =
    /youtube|vimeo|gist|tweet|twitter/.exec(name)?.[0] ??
    (/figure|image|picture|photo|img/.test(name) ? "figure" : name)
  return commonConstruct(base, rest.slice(file.length), false, page)
}

/**
 * Resolves Hexo's images: `{% asset_img a.png 100 200 "title 'alt'" %}`, `{% img class /a.png 100 200 "title" "alt"
 * %}`.
 */
const hexoImage = (name: string, rest: string, page: PageContext): Resolution | undefined => {
  const { positional } = tagArguments(rest)
  const at = positional.findIndex((part) => /[./]/.test(part))
  const src = positional[at]
  if (src === undefined) return undefined
  const words = positional.slice(at + 1).filter((part) => !/^\d+$/.test(part))
  const [title, alt] = /^(?<title>.*?)\s*'(?<alt>[^']*)'$/.exec(words[0] ?? "")?.slice(1) ?? words
  const caption = name === "image" ? undefined : title || undefined
  return commonConstruct(
    "img",
    `src="${src}" alt="${(alt ?? title ?? "").replaceAll('"', "")}"${caption === undefined ? "" : ` caption="${caption.replaceAll('"', "")}"`}`,
    false,
    page
  )
}

const hexoLink = (rest: string, page: PageContext): Resolution | undefined => {
  const { positional } = tagArguments(rest)
  const at = positional.findIndex((part) => /^(?:https?:\/\/|\/)/.test(part))
  const address = positional[at]
  return address === undefined ? undefined : link(page, positional.slice(0, at).join(" ") || address, address)
}

/** The source of a quotation in the syntax of Hexo and Octopress: `{% blockquote Author, Work url title %}`. */
const sourceOf = (rest: string): string | undefined => {
  const named = namedArgument(tagArguments(rest), "author", "source", "by", "cite")
  const source = rest.includes("=")
    ? named
    : rest
        .replace(/https?:\/\/\S+/g, "")
        .replace(/["']/g, "")
        .trim()
  return source === "" ? undefined : source
}

/** Resolves a statement of Liquid, Nunjucks, Tera or Hexo; `undefined` if that is not possible. */
export const statement = ({ name, rest }: TemplateTag, isBlock: boolean, page: PageContext): Resolution | undefined => {
  switch (name) {
    case "raw":
    case "verbatim":
      return { kind: "literal" }
    case "comment":
    case "capture":
    case "macro":
      return isBlock ? nothing : undefined
    case "assign":
    case "set":
    case "import":
    case "from":
    case "increment":
    case "decrement":
    case "toc":
    case "more":
      return text("")
    case "post_url":
      return text(page.pageAt(rest.replace(/["']/g, "")))
    case "link":
      return page.site.generator === "hexo" ? hexoLink(rest, page) : text(page.pageAt(rest.replace(/["']/g, "")))
    case "post_path":
      return text(page.pageAt(tagArguments(rest).positional[0] ?? ""))
    case "post_link": {
      const [reference = "", ...label] = tagArguments(rest).positional
      const words = label.filter((word) => word !== "true" && word !== "false").join(" ")
      return link(page, words || reference, page.pageAt(reference))
    }
    case "asset_path":
      return text(page.fileAt(rest.replace(/["']/g, "")))
    case "asset_link": {
      const [file = "", ...label] = tagArguments(rest).positional
      return link(page, label.join(" ") || file, page.fileAt(file))
    }
    case "asset_img":
    case "img":
    case "image":
      return /\b(?:src|path|url)\s*=/.test(rest)
        ? commonConstruct("img", rest, false, page)
        : hexoImage(name, rest, page)
    case "include":
    case "include_relative":
    case "include_cached":
    case "render":
      return included(rest.replace(/^(["'])(.*?)\1/, "$2"), page)
    case "blockquote":
    case "quote":
    case "pullquote":
      return isBlock ? quotation(undefined, sourceOf(rest)) : undefined
    case "codeblock":
      return isBlock ? code(page, /\blang:(\S+)/.exec(rest)?.[1] ?? "") : undefined
    case "endexcerpt":
      return text("")
    default:
      return commonConstruct(name, rest, isBlock, page)
  }
}
