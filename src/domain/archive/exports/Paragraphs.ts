/** Elements that contain paragraphs. */
const containers = "blockquote|div|section|article|aside|header|footer|main|form|fieldset|details"

/** Elements in which no paragraph may be, or needs to be. */
const closed = "table|ul|ol|dl|figure|p|h[1-6]|address|video|audio|object"

/** Elements that begin a line of their own. */
const blocks = `${containers}|${closed}|hr|li|tr|td|th|thead|tbody|tfoot|caption|colgroup|dt|dd|figcaption|legend|summary|iframe`

const beforeOpening = new RegExp(String.raw`(<(?:${blocks})(?=[\s/>])[^<>]*>)`, "gi")
const afterClosing = new RegExp(String.raw`(</(?:${blocks})\s*>|<hr\s*/?>)`, "gi")
const insideContainer = new RegExp(String.raw`(</?(?:${containers})(?=[\s/>])[^<>]*>)`, "gi")
const closedTag = new RegExp(String.raw`<(?<slash>/?)(?:${closed})(?=[\s/>])[^<>]*>`, "gi")
const startsWithBlock = new RegExp(
  String.raw`^</?(?:${blocks})(?=[\s/>])|^\[/?(?:caption|wp_caption|gallery)\b|^<!--`,
  "i"
)

/** Parts that stay as they are, line breaks included. */
const kept = /<(?<slash>\/?)(?<name>pre|script|style|textarea|svg)(?=[\s/>])/gi

/** Splits a text into parts. Every second one stays as it is. Takes linear time. */
const partsOf = (html: string): ReadonlyArray<string> => {
  const parts: Array<string> = []
  let at = 0
  let open: { readonly name: string; readonly start: number } | undefined
  for (const { groups, index } of html.matchAll(kept)) {
    const name = (groups?.name ?? "").toLowerCase()
    if (open === undefined && groups?.slash === "") open = { name, start: index }
    else if (open?.name === name && groups?.slash === "/") {
      const end = html.indexOf(">", index)
      const until = end === -1 ? html.length : end + 1
      parts.push(html.slice(at, open.start), html.slice(open.start, until))
      at = until
      open = undefined
    }
  }
  parts.push(html.slice(at))
  return parts
}

const linked = (chunk: string): string =>
  /^https?:\/\/[^\s<>"]{1,2000}$/.test(chunk) ? `<a href="${chunk}">${chunk}</a>` : chunk

const paragraphsOf = (text: string): string => {
  const spaced = text
    .replace(insideContainer, "\n\n$1\n\n")
    .replace(beforeOpening, "\n\n$1")
    .replace(afterClosing, "$1\n\n")
  let depth = 0
  return spaced
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .flatMap((chunk) => {
      const trimmed = chunk.trim()
      if (trimmed === "") return []
      const isInside = depth > 0
      for (const { groups } of trimmed.matchAll(closedTag))
        depth = Math.max(0, depth + (groups?.slash === "/" ? -1 : 1))
      return isInside || startsWithBlock.test(trimmed)
        ? [trimmed]
        : [`<p>${linked(trimmed).replaceAll("\n", "<br>\n")}</p>`]
    })
    .join("\n")
}

/**
 * Adds the paragraphs and line breaks that WordPress adds when it shows a text of its classic editor: blank lines
 * separate paragraphs, and line breaks are kept. An address alone in a paragraph becomes a link.
 */
export const withParagraphs = (html: string): string =>
  partsOf(html.replace(/\r\n?/g, "\n"))
    .map((part, place) => (place % 2 === 1 ? part : paragraphsOf(part)))
    .filter((part) => part !== "")
    .join("\n")

/** Removes the comments in which WordPress's block editor keeps its blocks. Takes linear time. */
export const withoutBlockComments = (html: string): string => {
  let text = ""
  let at = 0
  for (;;) {
    const start = html.indexOf("<!--", at)
    const end = start === -1 ? -1 : html.indexOf("-->", start)
    if (end === -1) return text + html.slice(at)
    const isBlock = /^<!--\s*\/?wp:/.test(html.slice(start, start + 40))
    text += html.slice(at, isBlock ? start : end + 3)
    at = end + 3
  }
}

/** Makes links of addresses that stand alone in an element, where WordPress shows the page or video itself. */
export const withEmbeddedLinks = (html: string): string =>
  html.replace(/>[ \t]*\n[ \t]*(https?:\/\/[^\s<>"]{1,2000})[ \t]*\n[ \t]*</g, '>\n<a href="$1">$1</a>\n<')
