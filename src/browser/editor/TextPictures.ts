import { parseMediaPath, variantsOf } from "../../domain/media/Media.js"
import type { Change } from "./Formatting.js"

/** One of the site's own pictures in a Markdown text. */
export interface TextPicture {
  readonly start: number
  readonly end: number
  readonly url: string
  readonly alt: string
  /** Title with its quotes and the space before it, or empty. */
  readonly title: string
}

const picture =
  /!\[(?<alt>(?:[^[\]\\\n]|\\.|\[[^[\]\n]*\])*)\]\((?<url>(?:https?:\/\/[^\s()/]+)?\/media\/[0-9a-f]{32}[\w.-]*)(?<title>[ \t]+"(?:[^"\\\n]|\\.)*")?[ \t]*\)/g

/** The site's own pictures in a text, in their order. */
export const picturesIn = (text: string): ReadonlyArray<TextPicture> =>
  text.includes("/media/")
    ? [...text.matchAll(picture)].map(({ 0: whole, groups, index }) => ({
        start: index,
        end: index + whole.length,
        url: groups?.url ?? "",
        alt: (groups?.alt ?? "").replace(/\\([!-/:-@[-`{-~])/g, "$1"),
        title: groups?.title ?? ""
      }))
    : []

/** A picture in Markdown. */
export const pictureText = (url: string, alt: string, title = ""): string =>
  `![${alt
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\[\]*_`<&~=]/g, "\\$&")}](${url}${title})`

/** Converts the absolute address of a file of this site to the path that texts contain. */
export const pathIn = (url: string): string => url.replace(/^https?:\/\/[^/]+(?=\/media\/)/, "")

/** The smallest rendering of a picture, for its thumbnail. */
export const thumbnail = (url: string): string => {
  const path = pathIn(url)
  const name = parseMediaPath(path)
  const [smallest] = name === undefined ? [] : variantsOf(name)
  return smallest === undefined ? url : `${url.slice(0, -path.length)}${smallest.path}`
}

/** Placeholder in the text while a file is being uploaded. `name` has no brackets and no line breaks. */
export const placeholder = (name: string): string => `![Uploading ${name}…]()`

/** Returns a name for the placeholder of a file that does not occur in the text. */
export const placeholderName = (file: string, text: string): string => {
  const name = file.replace(/[[\]()\\\s]+/g, " ").trim() || "file"
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name} ${count}`
    if (!text.includes(placeholder(candidate))) return candidate
  }
}

/** A text without placeholders: what is saved while files are being uploaded. */
export const withoutPlaceholders = (text: string): string =>
  text.includes("…]()") ? text.replace(/!\[Uploading [^\]\n]*…\]\(\)\n{0,2}/g, "") : text

/** Removes a range and the empty line that it would leave. */
export const removed = (value: string, start: number, end: number): Change => {
  const isAlone = /(?:^|\n)$/.test(value.slice(0, start)) && /^(?:\n|$)/.test(value.slice(end))
  const blank = isAlone ? (/^\n{1,2}/.exec(value.slice(end))?.[0].length ?? 0) : 0
  return { start, end: end + blank, text: "", from: start, to: start }
}
