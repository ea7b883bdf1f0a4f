import { Effect } from "effect"

/** Characters of another site's page that a parser reads by default. What a page says of itself stands near its start. */
const longest = 65_536

/** Nested elements. Pages that people write stay far below it. */
const deepest = 100

/** Characters that the parser takes between two looks at the depth. */
const step = 1_024

const htmlParser = Effect.promise(() => import("htmlparser2"))

/**
 * Returns the beginning of an HTML page that is cheap to parse: at most `length` characters (65,536 by default), cut before
 * the first element nested more than 100 deep. Parsers take time that grows with the square of the nesting, and a
 * hostile page can consist of nothing else, so parsing stops where the page becomes too deep.
 */
export const shallow = (html: string, length = longest): Effect.Effect<string> =>
  Effect.map(htmlParser, ({ Parser }) => {
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
  })
