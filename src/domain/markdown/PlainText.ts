/** Elements with lines of their own, and line breaks. */
const blocks: ReadonlySet<string> = new Set([
  ...["address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption"],
  ...["figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"],
  ...["pre", "section", "summary", "table", "td", "th", "ul"]
])

/** The number of a footnote, and the link back from it. */
const isFootnoteMark = (name: string, tag: string): boolean =>
  (name === "sup" && tag.includes('class="footnote-ref"')) || (name === "a" && tag.includes('class="footnote-backref"'))

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00A0"
}

const largest = 0x10ffff

const decoded = (text: string): string =>
  text.includes("&")
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
        if (name !== undefined) return entities[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code > largest ? whole : String.fromCodePoint(code)
      })
    : text

/** Returns the end of the tag name that begins at `at`. */
const nameEnd = (html: string, at: number): number => {
  let end = at
  while (/[a-z0-9]/i.test(html.charAt(end))) end += 1
  return end
}

/**
 * Converts sanitised HTML to plain text for search, summaries and slugs: no markup, no addresses, no footnote numbers, and
 * only single spaces and line breaks. Takes linear time.
 */
export const plainText = (html: string): string => {
  let text = ""
  let at = 0
  let inPre = 0
  /** The element that is skipped with its content, and how many elements of its name are open. */
  let skipped: { readonly name: string; depth: number } | undefined
  const add = (end: number) => {
    if (skipped !== undefined || end <= at) return
    const part = decoded(html.slice(at, end))
    text += inPre > 0 ? part : part.replace(/[\n\r\f\u200B]/g, " ")
  }
  while (at < html.length) {
    const start = html.indexOf("<", at)
    const end = start === -1 ? -1 : html.indexOf(">", start)
    if (end === -1) {
      add(html.length)
      break
    }
    add(start)
    at = end + 1
    const isEnd = html.charAt(start + 1) === "/"
    const first = start + (isEnd ? 2 : 1)
    const name = html.slice(first, nameEnd(html, first)).toLowerCase()
    if (skipped !== undefined) {
      if (name === skipped.name) skipped.depth += isEnd ? -1 : 1
      if (skipped.depth === 0) skipped = undefined
    } else if (!isEnd && isFootnoteMark(name, html.slice(start, end))) skipped = { name, depth: 1 }
    else if (blocks.has(name)) {
      text += "\n"
      if (name === "pre") inPre = Math.max(0, inPre + (isEnd ? -1 : 1))
    }
  }
  return text
    .replace(/[^\S\n]{2,}|[^\S\n ]/g, " ")
    .replace(/ \n\s*|\n\s+/g, "\n")
    .trim()
}
