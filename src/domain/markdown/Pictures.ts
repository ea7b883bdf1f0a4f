import { columnSizes, parseMediaPath, srcsetOf } from "../media/Media.js"

const image = /<img (?<attributes>[^<>]*?)(?<end> ?\/?>)/g
const alone = /<p>(?<before><img [^<>]*?) title="(?<title>[^"]+)"(?<after>[^<>]*>)<\/p>/g

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]

/** The additions to the tag of one of the site's own pictures; empty for pictures of other sites. */
const additions = (attributes: string): string => {
  const path = attribute(attributes, "src")
  const name = path === undefined ? undefined : parseMediaPath(path)
  if (path === undefined || name?.size === undefined) return ""
  const { height, width } = name.size
  const srcset = srcsetOf(name)
  const isSized = attribute(attributes, "width") !== undefined || attribute(attributes, "height") !== undefined
  return [
    // The author's own size in HTML stays.
    ...(isSized ? [] : [` width="${width}" height="${height}"`]),
    ...(srcset === undefined ? [] : [` srcset="${srcset}" sizes="${columnSizes(width)}"`]),
    ...(attribute(attributes, "loading") === undefined ? [' loading="lazy"'] : []),
    ' decoding="async"'
  ].join("")
}

/**
 * Adds size, smaller renderings and lazy loading to the site's own pictures in sanitized HTML, from their file names, so
 * that pages do not move while they load and phones load small files. Pictures of other sites stay unchanged. Relies on
 * the output of the sanitizer and the Markdown renderer: attributes in double quotes, no `<` or `>` inside tags.
 */
export const withOwnPictures = (html: string): string =>
  html.includes('src="/media/')
    ? html.replace(image, (_, attributes: string, end: string) => `<img ${attributes}${additions(attributes)}${end}`)
    : html

/** Turns each of the site's own pictures that is alone in a paragraph with a title into a figure with its caption. */
export const withFigures = (html: string): string =>
  html.includes('src="/media/')
    ? html.replace(alone, (paragraph, before: string, title: string, after: string) =>
        additions(`${before.slice("<img ".length)}${after}`) === ""
          ? paragraph
          : `<figure>${before}${after}<figcaption>${title}</figcaption></figure>`
      )
    : html
