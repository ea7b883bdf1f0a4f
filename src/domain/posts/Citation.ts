import { coordinatesText, readGeoUri } from "./GeoUri.js"
import { openingLine, shortened } from "./Line.js"
import { addressIn, isObject, type PropertyValue } from "./Microformats.js"
import { longestText, type Nested, nestedTexts, nestedType, nestedValues } from "./Nested.js"

/** Who made something. */
export interface Author {
  readonly name: string
  /** http, https, or a path on this site. */
  readonly url: string | undefined
}

/** Something that a property names: a book, a post elsewhere, a dish, a person. It has a name or an address, or both. */
export interface Citation {
  /** Its microformat, such as `h-cite`; absent for plain text and plain addresses. */
  readonly type: string | undefined
  readonly name: string | undefined
  /** http, https, or a path on this site. */
  readonly url: string | undefined
  readonly authors: ReadonlyArray<Author>
}

/** Authors of one thing at most. */
const mostAuthors = 10

/** How a thing without a name is called: a quantity with its unit, a leg of a journey by its ends, or else an identifier. */
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

/** Addresses that a browser would run or open, and that say nothing to readers. */
const isUnspeakable = (line: string): boolean => /^(?:javascript|vbscript|data|blob|file):/i.test(line)

const ofText = (text: string): Citation | undefined => {
  const line = openingLine(text)
  if (line === "" || isUnspeakable(line)) return undefined
  const url = addressIn(line)
  const place = readGeoUri(line)
  const name = place === undefined ? line : (place.name ?? coordinatesText(place.coordinates))
  return { type: undefined, name: url === undefined ? shortened(name, longestText) : undefined, url, authors: [] }
}

/** What a value names, whatever its shape; nothing where it has neither a name nor an address. */
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

/** An address as people say it, and no longer than they would. */
export const spokenAddress = (url: string): string => {
  const bare = url.replace(/^https?:\/\/(?:www\.)?|\/$/g, "")
  return bare.length <= 80 ? bare : `${bare.slice(0, 79)}…`
}

/** What a thing is called: its name, or else its address. */
export const citationName = ({ name, url }: Pick<Citation, "name" | "url">): string => name ?? spokenAddress(url ?? "")

/** What a thing is called, and by whom it is. */
export const citationWords = (citation: Citation): string =>
  citation.authors.length === 0
    ? citationName(citation)
    : `${citationName(citation)} by ${citation.authors.map(({ name }) => name).join(", ")}`
