import { Either, Schema } from "effect"
import { MicropubMalformed } from "../../errors/Micropub.js"
import { storableText } from "./StorableText.js"

/**
 * A property's value: text, a number, a boolean, or an object such as `{ html }`, `{ value, alt }` or a nested
 * microformat.
 */
export type PropertyValue = string | number | boolean | { readonly [key: string]: unknown }

/** Microformats2 properties of a post: each is a list, in order of arrival. */
export type Properties = { readonly [name: string]: ReadonlyArray<PropertyValue> }

const JsonObject = Schema.Record({ key: Schema.String, value: Schema.Unknown })

/** Schema of stored properties. Use `decodeProperties` for input of clients; its errors explain what is wrong. */
export const Properties: Schema.Schema<Properties> = Schema.Record({
  key: Schema.String,
  value: Schema.Array(Schema.Union(Schema.String, Schema.Number, Schema.Boolean, JsonObject))
})

/** Limits of a client's input. */
export const limits = {
  /** Number of properties of a post. */
  properties: 100,
  /** Characters of a property's name. */
  nameLength: 100,
  /** Number of values of a property. */
  values: 200,
  /** Depth of nested objects and lists in a property's value. */
  depth: 12,
  /** Number of values of all properties together, including those inside objects. */
  total: 5_000,
  /** Length of an address in UTF-16 code units. */
  addressLength: 8_192,
  /** Length of a one-line text, such as a name, in UTF-16 code units. */
  lineLength: 100_000
} as const

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

/** Returns whether a value is a JSON object. */
export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The values of a property; empty if the post lacks it, for any name (`constructor` included). */
export const valuesOf = (properties: Properties, name: string): ReadonlyArray<PropertyValue> =>
  Object.hasOwn(properties, name) ? (properties[name] ?? []) : []

/** The texts of a property: its strings, and the `value` of its objects. */
export const textsOf = (properties: Properties, name: string): ReadonlyArray<string> =>
  valuesOf(properties, name).flatMap((value) => {
    if (typeof value === "string") return [value]
    return isObject(value) && typeof value.value === "string" ? [value.value] : []
  })

/**
 * Copies a JSON value without `__proto__` keys and nulls, and counts against the budget; `undefined` if it is too deep
 * or too large.
 */
const copy = (value: unknown, depth: number, budget: { left: number }): unknown => {
  budget.left -= 1
  if (depth > limits.depth || budget.left < 0) return undefined
  if (typeof value === "string") return storableText(value)
  if (Array.isArray(value)) {
    const given = value.filter((item) => item !== null)
    if (given.length > budget.left) return undefined
    const items = given.map((item) => copy(item, depth + 1, budget))
    return items.includes(undefined) ? undefined : items
  }
  if (!isObject(value)) return value
  const given = Object.entries(value).filter(([key, item]) => key !== "__proto__" && item !== null)
  if (given.length > budget.left) return undefined
  const entries = given.map(([key, item]) => [storableText(key), copy(item, depth + 1, budget)] as const)
  return entries.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(entries)
}

const isText = (value: PropertyValue) => typeof value === "string"
const isLine = (value: PropertyValue) => typeof value === "string" && value.length <= limits.lineLength
/** Returns whether a value is an http or https address, or a path on this site. */
const isAddress = (value: unknown): value is string =>
  typeof value === "string" &&
  value.length <= limits.addressLength &&
  ((/^https?:\/\/[^\s]+$/i.test(value.trim()) && URL.canParse(value.trim())) || /^\/[^\s/][^\s]*$/.test(value.trim()))
const isMicroformat = (value: PropertyValue) =>
  isObject(value) && (Array.isArray(value.type) || typeof value.type === "string")

interface Rule {
  readonly expected: string
  readonly holds: (value: PropertyValue) => boolean
}

const line: Rule = { expected: `text of at most ${limits.lineLength} characters`, holds: isLine }
const webAddress = `an http or https URL of at most ${limits.addressLength} characters`
const embed: Rule = {
  expected: `${webAddress}, or {"value": address, "alt": text}`,
  holds: (value) =>
    isAddress(value) ||
    (isObject(value) && isAddress(value.value) && (value.alt === undefined || typeof value.alt === "string"))
}

/** The address in a value: a text, `{ value }`, or the `url` of a nested microformat such as an h-cite. */
export const addressIn = (value: PropertyValue): string | undefined => {
  if (!isObject(value)) return isAddress(value) ? value.trim() : undefined
  const { properties } = value
  const urls = isObject(properties) && Object.hasOwn(properties, "url") ? properties.url : undefined
  return [urls, value.value].flat().find(isAddress)?.trim()
}

/** Values of an RSVP (microformats2, `p-rsvp`). */
export const rsvpAnswers = ["yes", "no", "maybe", "interested"] as const

export type RsvpAnswer = (typeof rsvpAnswers)[number]

/** Parses an RSVP, ignoring case. */
export const rsvpAnswer = (value: unknown): RsvpAnswer | undefined => {
  const text = typeof value === "string" ? value.trim() : ""
  // Folding the case of megabytes takes 20 ms.
  const folded = text.length <= limits.nameLength ? text.toLowerCase() : ""
  return rsvpAnswers.find((answer) => answer === folded)
}

const reference: Rule = {
  expected: `${webAddress}, or a nested h-cite whose "url" is one`,
  holds: (value) => addressIn(value) !== undefined
}

/** Rules for the properties that the site itself reads. Other properties are stored unchanged. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ["name", line],
  ["summary", line],
  ["published", line],
  ["updated", line],
  ["post-status", line],
  ["visibility", line],
  ["photo", embed],
  ["video", embed],
  ["audio", embed],
  ["in-reply-to", reference],
  ["like-of", reference],
  ["repost-of", reference],
  ["bookmark-of", reference],
  ["rsvp", { expected: `one of ${rsvpAnswers.join(", ")}`, holds: (value) => rsvpAnswer(value) !== undefined }],
  [
    "category",
    { expected: `${line.expected}, or a nested microformat`, holds: (value) => isLine(value) || isMicroformat(value) }
  ],
  [
    "content",
    {
      expected: 'text, {"html": text} or {"markdown": text}',
      holds: (value) =>
        isText(value) ||
        (isObject(value) && ["html", "markdown", "value"].some((key) => typeof value[key] === "string"))
    }
  ]
])

const isPropertyValue = (value: unknown): value is PropertyValue =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" || isObject(value)

/** The part of a request that is decoded, and its rules. */
interface Place {
  /** Its name in errors: `properties`, or an operation such as `replace`. */
  readonly part: string
  /** Whether the values have to follow `rules`. */
  readonly ruled: boolean
  /** Whether a single value may replace a list of one. */
  readonly lenient?: boolean
}

const decodeValues = (
  place: Place,
  name: string,
  given: ReadonlyArray<unknown>,
  budget: { left: number }
): Either.Either<ReadonlyArray<PropertyValue>, MicropubMalformed> => {
  const part = `${place.part}.${name}`
  if (given.length > limits.values) return malformed(part, `at most ${limits.values} values`)
  const values: Array<PropertyValue> = []
  for (const item of given) {
    if (item === null) continue
    const value = copy(item, 1, budget)
    if (value === undefined) {
      return malformed(
        part,
        `at most ${limits.depth} levels deep, and all properties together at most ${limits.total} values`
      )
    }
    if (!isPropertyValue(value)) return malformed(part, "a list of texts, numbers, truth values or objects")
    const rule = place.ruled ? rules.get(name) : undefined
    if (typeof value === "string" && value.trim() === "") continue
    if (rule !== undefined && !rule.holds(value)) return malformed(part, `a list whose values are ${rule.expected}`)
    values.push(value)
  }
  return Either.right(values)
}

/** A property's name and its values, which may be empty. */
export type NamedValues = readonly [name: string, values: ReadonlyArray<PropertyValue>]

/**
 * Decodes an object of properties from a client: every value must be a list. Blank texts and nulls are left out;
 * everything else is kept in order, unknown properties included.
 */
export const decodeLists = (
  input: unknown,
  place: Place
): Either.Either<ReadonlyArray<NamedValues>, MicropubMalformed> => {
  const { part } = place
  if (!isObject(input)) return malformed(part, 'an object of properties, such as {"content": ["Hello"]}')
  const entries = Object.entries(input).filter(([name]) => name !== "__proto__")
  if (entries.length > limits.properties) return malformed(part, `at most ${limits.properties} properties`)
  const budget = { left: limits.total }
  const lists: Array<NamedValues> = []
  for (const [given, sent] of entries) {
    const name = storableText(given)
    const list = place.lenient && !Array.isArray(sent) ? [sent] : sent
    if (name === "" || name.length > limits.nameLength) {
      return malformed(part, `properties whose names have 1 to ${limits.nameLength} characters`)
    }
    if (!Array.isArray(list)) return malformed(`${part}.${name}`, `a list, such as {"${name}": ["…"]}`)
    const values = decodeValues(place, name, list, budget)
    if (Either.isLeft(values)) return Either.left(values.left)
    lists.push([name, values.right])
  }
  return Either.right(lists)
}

/** Decodes the `properties` object of microformats2 JSON from a client. Properties without values are left out. */
export const decodeProperties = (input: unknown): Either.Either<Properties, MicropubMalformed> =>
  Either.map(decodeLists(input, { part: "properties", ruled: true, lenient: true }), (lists) =>
    Object.fromEntries(lists.filter(([, values]) => values.length > 0))
  )

/** Compares two JSON values, ignoring the order of members. */
export const isSameValue = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return a === b
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  )
}
