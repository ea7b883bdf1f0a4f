import { coordinatesText, readGeoUri } from "./GeoUri.js"
import { openingLine, shortened } from "./Line.js"
import { addressIn, isObject, type PropertyValue } from "./Microformats.js"
import { longestText, type Nested, nestedTexts, nestedType, nestedValues } from "./Nested.js"

/** The author of a cited work. */
export interface Author {
  readonly name: string
  /** http, https, or a path on this site. */
  readonly url: string | undefined
}

/** An item that a property names: a book, a post elsewhere, a dish, a person. It has a name or an address, or both. */
export interface Citation {
  /** Its microformat, such as `h-cite`; absent for plain text and plain addresses. */
  readonly type: string | undefined
  readonly name: string | undefined
  /** http, https, or a path on this site. */
  readonly url: string | undefined
  readonly authors: ReadonlyArray<Author>
  /** Beginning of its text, on one line. */
  readonly excerpt?: string
}

/** Maximum number of authors of one item. */
const mostAuthors = 10

/** The name of an item that has none: a quantity with its unit, the ends of a journey's leg, or an identifier. */
const described = (value: Nested): string | undefined => {
  const first = (name: string) => nestedTexts(value, name)[0]
  const amount = first("num")
  if (amount !== undefined) return [amount, first("unit")].filter((part) => part !== undefined).join(" ")
  const ends = [first("origin"), first("destination")].filter((part) => part !== undefined)
  if (ends.length > 0) {
    const by = [first("operator"), first("number")].filter((part) => part !== undefined).join(" ")
    return by === "" ? ends.join(" → ") : `${ends.join(" → ")} (${by})`
  }
  return first("summary") ?? first("content") ?? first("uid")
}

const nameIn = (value: Nested): string | undefined => {
  const [name] = nestedTexts(value, "name")
  if (name !== undefined) return name
  const text = typeof value.value === "string" && addressIn(value.value) === undefined ? openingLine(value.value) : ""
  return text === "" ? described(value) : shortened(text, longestText)
}

const authorsIn = (value: Nested): ReadonlyArray<Author> =>
  nestedValues(value, "author")
    .slice(0, mostAuthors)
    .flatMap((item) => {
      const author = typeof item === "string" || isObject(item) ? citationOf(item) : undefined
      return author === undefined ? [] : [{ name: citationName(author), url: author.url }]
    })

/** Returns whether a line is an address that a browser would execute or open, and that tells readers nothing. */
const isUnspeakable = (line: string): boolean => /^(?:javascript|vbscript|data|blob|file):/i.test(line)

const ofText = (text: string): Citation | undefined => {
  const line = openingLine(text)
  if (line === "" || isUnspeakable(line)) return undefined
  const url = addressIn(line)
  const place = readGeoUri(line)
  const name = place === undefined ? line : (place.name ?? coordinatesText(place.coordinates))
  return { type: undefined, name: url === undefined ? shortened(name, longestText) : undefined, url, authors: [] }
}

/** The item of a value of any shape; `undefined` if it has neither a name nor an address. */
export const citationOf = (value: PropertyValue): Citation | undefined => {
  if (typeof value === "string") return ofText(value)
  if (typeof value === "number") return ofText(String(value))
  if (typeof value === "boolean") return ofText(value ? "yes" : "no")
  const url = addressIn(value)
  const name = nameIn(value)
  return name === undefined && url === undefined
    ? undefined
    : { type: nestedType(value), name, url, authors: authorsIn(value) }
}

/** A readable form of an address: without scheme and `www.`, at most 80 characters. */
export const spokenAddress = (url: string): string => {
  const bare = url.replace(/^https?:\/\/(?:www\.)?|\/$/g, "")
  return bare.length <= 80 ? bare : `${bare.slice(0, 79)}…`
}

/** The name of an item, or its address. */
export const citationName = ({ name, url }: Pick<Citation, "name" | "url">): string => name ?? spokenAddress(url ?? "")

/** The name of an item with its authors, in English, for search. */
export const citationWords = (citation: Citation): string =>
  citation.authors.length === 0
    ? citationName(citation)
    : `${citationName(citation)} by ${citation.authors.map(({ name }) => name).join(", ")}`
