import { Parser } from "htmlparser2"

/** Maximum depth of nested elements. Real pages stay far below it. */
const deepest = 100

/**
 * Maximum number of characters to read, where text inside several properties counts once for each. Real pages stay
 * below a tenth of it.
 */
const mostWork = 1_000_000

/** Characters that are read between two checks of the cost. */
const step = 1_024

/** Elements that parsers of microformats treat in a way of their own, and those without an end. */
const kept: ReadonlySet<string> = new Set(
  "a abbr area audio base br data del img input ins link meta object source time title video".split(" ")
)
const withoutEnd: ReadonlySet<string> = new Set(["area", "base", "br", "img", "input", "link", "meta", "source"])

/** Elements whose content is not part of the page, or not read as elements by all parsers. */
const hidden: ReadonlySet<string> = new Set(
  "iframe noembed noframes noscript plaintext script style template xmp".split(" ")
)

/** Attributes that parsers of microformats read. */
const attributes: ReadonlySet<string> = new Set(
  "alt class content data datetime href hreflang id lang media name poster property rel src title type value".split(" ")
)

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => marks[mark] ?? "")

const attributesOf = (given: Readonly<Record<string, string>>): string =>
  Object.entries(given)
    .filter(([name]) => attributes.has(name))
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("")

/** Number of microformats properties in a class attribute. */
const propertiesIn = (classes: string): number => classes.match(/(?:^|\s)(?:p|u|dt|e)-/g)?.length ?? 0

/** An open element. */
interface Open {
  readonly name: string
  readonly isHidden: boolean
  /** How many properties around it include its text. */
  readonly names: number
  /** How often it is read as a whole: an item that is three properties of another is read three times. */
  readonly times: number
}

const outside: Open = { name: "", isHidden: false, names: 1, times: 1 }

/**
 * Rewrites the beginning of an HTML page so that a microformats parser that builds a tree takes time in proportion to its
 * length:
 *
 * - Every element is closed where it ends, and at most 100 are nested. Elements whose nesting browsers repair (lists,
 *   tables, bold text) become `div`. A browser repeats a `<b>` that a paragraph left open in each paragraph after it, so a
 *   page of 32 kB can become a million elements.
 * - The page is cut off when `mostWork` is reached. The parser reads a text once for each property around it, and an item
 *   once for each property that it is.
 */
export const plainTree = (html: string): string => {
  const parts: Array<string> = []
  const open: Array<Open> = []
  let concealing = 0
  let work = 0
  let isOver = false
  const add = (part: string, { names, times }: Open) => {
    work += part.length * names * times
    isOver ||= work > mostWork
    if (!isOver && concealing === 0) parts.push(part)
  }
  const parser = new Parser({
    onopentag: (name, given) => {
      const { names, times } = open.at(-1) ?? outside
      const classes = given.class ?? ""
      const isItem = /(?:^|\s)h-/.test(classes)
      const properties = propertiesIn(classes)
      const element = {
        name: kept.has(name) ? name : "div",
        isHidden: hidden.has(name),
        names: names + properties + (isItem ? 1 : 0),
        times: isItem ? times * Math.max(1, properties) : times
      }
      isOver ||= open.length >= deepest
      if (element.isHidden) concealing += 1
      add(`<${element.name}${attributesOf(given)}>`, element)
      open.push(element)
    },
    ontext: (text) => add(escaped(text), open.at(-1) ?? outside),
    onclosetag: () => {
      const element = open.pop()
      if (element === undefined) return
      if (!withoutEnd.has(element.name)) add(`</${element.name}>`, element)
      if (element.isHidden) concealing -= 1
    }
  })
  for (let at = 0; at < html.length && !isOver; at += step) parser.write(html.slice(at, at + step))
  return parts.join("")
}
