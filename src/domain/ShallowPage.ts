import { Parser } from "htmlparser2"

/** Default maximum of characters of another site's page. Metadata is near the start of a page. */
const longest = 65_536

/** Maximum depth of nested elements. Real pages stay far below it. */
const deepest = 100

/** Characters that are parsed between two checks of the depth. */
const step = 1_024

/**
 * Returns the beginning of an HTML page that is cheap to parse: at most `length` characters (65,536 by default), cut
 * before the first element nested more than 100 deep. Parsing time grows with the square of the nesting, and a hostile
 * page can consist of nothing else.
 */
export const shallow = (html: string, length = longest): string => {
  const beginning = html.slice(0, length)
  let depth = 0
  let end = beginning.length
  const parser = new Parser({
    onopentag: () => {
      depth += 1
      if (depth > deepest) end = Math.min(end, parser.startIndex)
    },
    onclosetag: () => {
      depth -= 1
    }
  })
  for (let start = 0; start < end; start += step) parser.write(beginning.slice(start, start + step))
  return beginning.slice(0, end)
}
