import { Either, Schema } from "effect"
import { MicropubMalformed } from "../../errors/failure/Micropub.js"
import { storableText } from "./StorableText.js"

/** A property's value: text, a number, a truth value, or an object such as `{ html }`, `{ value, alt }` or a nested microformat. */
export type PropertyValue = string | number | boolean | { readonly [key: string]: unknown }

/** A post's microformats2 properties: every property a list, in the order in which it was sent. */
export type Properties = { readonly [name: string]: ReadonlyArray<PropertyValue> }

const JsonObject = Schema.Record({ key: Schema.String, value: Schema.Unknown })

/** Decodes stored properties. What a client sends goes through `decodeProperties`, which explains what is wrong. */
export const Properties: Schema.Schema<Properties> = Schema.Record({
  key: Schema.String,
  value: Schema.Array(Schema.Union(Schema.String, Schema.Number, Schema.Boolean, JsonObject))
})

/** What a client may send at most. Generous for posts, small for a server. */
export const limits = {
  /** Properties of one post. */
  properties: 100,
  /** Characters of a property's name. */
  nameLength: 100,
  /** Values of one property. */
  values: 200,
  /** Objects and lists inside one another, counted from a property's value. */
  depth: 12,
  /** Values of all properties together, those inside objects included. */
  total: 5_000,
  /** UTF-16 code units of an address. */
  addressLength: 8_192,
  /** UTF-16 code units of a text that is shown on one line, such as a name. */
  lineLength: 100_000
} as const

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

/** True for what JSON calls an object. */
export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** One property's values; none where the post lacks it, whatever the name (`constructor` included). */
export const valuesOf = (properties: Properties, name: string): ReadonlyArray<PropertyValue> =>
  Object.hasOwn(properties, name) ? (properties[name] ?? []) : []

/** A property's texts: its strings, and the `value` of its objects. */
export const textsOf = (properties: Properties, name: string): ReadonlyArray<string> =>
  valuesOf(properties, name).flatMap((value) => {
    if (typeof value === "string") return [value]
    return isObject(value) && typeof value.value === "string" ? [value.value] : []
  })

/**
 * Copies a JSON value without `__proto__` keys and without nulls, which say nothing, counting as it goes; `undefined`
 * when it is too deep or too much.
 */
const copy = (value: unknown, depth: number, budget: { left: number }): unknown => {
  budget.left -= 1
  if (depth > limits.depth || budget.left < 0) return undefined
  if (typeof value === "string") return storableText(value)
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== null).map((item) => copy(item, depth + 1, budget))
    return items.includes(undefined) ? undefined : items
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== "__proto__" && item !== null)
    .map(([key, item]) => [storableText(key), copy(item, depth + 1, budget)] as const)
  return entries.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(entries)
}

const isText = (value: PropertyValue) => typeof value === "string"
const isLine = (value: PropertyValue) => typeof value === "string" && value.length <= limits.lineLength
/** http or https, or a path on this site, as whoever writes here may give it. */
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
const webAddress = `an http or https address of at most ${limits.addressLength} characters`
const embed: Rule = {
  expected: `${webAddress}, or {"value": address, "alt": text}`,
  holds: (value) =>
    isAddress(value) ||
    (isObject(value) && isAddress(value.value) && (value.alt === undefined || typeof value.alt === "string"))
}

/** The address that a value is, or bears: text, `{ value }`, or the `url` of a nested microformat such as an h-cite. */
export const addressIn = (value: PropertyValue): string | undefined => {
  if (!isObject(value)) return isAddress(value) ? value.trim() : undefined
  const { properties } = value
  const urls = isObject(properties) && Object.hasOwn(properties, "url") ? properties.url : undefined
  return [urls, value.value].flat().find(isAddress)?.trim()
}

/** The answers to an invitation (microformats2, `p-rsvp`). */
export const rsvpAnswers = ["yes", "no", "maybe", "interested"] as const

/** An answer to an invitation. */
export type RsvpAnswer = (typeof rsvpAnswers)[number]

/** The answer that a value is, whatever its case. */
export const rsvpAnswer = (value: unknown): RsvpAnswer | undefined =>
  rsvpAnswers.find((answer) => typeof value === "string" && answer === value.trim().toLowerCase())

const reference: Rule = {
  expected: `${webAddress}, or a nested h-cite whose "url" is one`,
  holds: (value) => addressIn(value) !== undefined
}

/** What the site itself reads, and therefore must understand. Every other property is kept as it comes. */
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

/** Where something stands in a request, and what may stand there. */
interface Place {
  /** As errors name it: `properties`, or an operation such as `replace`. */
  readonly part: string
  /** Whether the site must understand the values. */
  readonly ruled: boolean
  /** Whether a single value may stand for a list of one. */
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

/** A property's name and its values, of which there may be none. */
export type NamedValues = readonly [name: string, values: ReadonlyArray<PropertyValue>]

/**
 * Decodes an object of properties as a client sends it: every value must be a list. Blank texts and nulls say nothing and
 * are left out; everything else is kept, known or not, in its order.
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

/** Decodes the `properties` object of microformats2 JSON as a client sends it. Properties without values are left out. */
export const decodeProperties = (input: unknown): Either.Either<Properties, MicropubMalformed> =>
  Either.map(decodeLists(input, { part: "properties", ruled: true, lenient: true }), (lists) =>
    Object.fromEntries(lists.filter(([, values]) => values.length > 0))
  )

/** Whether two values are the same to a reader of JSON: the order of an object's members says nothing. */
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
