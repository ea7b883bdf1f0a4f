import { Effect } from "effect"

/** Characters of a stranger's page that are looked at: what it says of itself stands near its beginning. */
const longest = 65_536

/** Elements inside one another. Pages that people write stay far below it. */
const deepest = 100

const htmlParser = Effect.promise(() => import("htmlparser2"))

/**
 * The beginning of an HTML page, as far as it can be given to a parser that builds a tree: those take time that grows
 * with the square of the nesting, and a page from a stranger may be nothing but nesting. Cut at 65,536 characters, and
 * before the first element that lies more than 100 deep.
 */
export const shallow = (html: string): Effect.Effect<string> =>
  Effect.map(htmlParser, ({ Parser }) => {
    const beginning = html.slice(0, longest)
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
    parser.end(beginning)
    return beginning.slice(0, end)
  })
