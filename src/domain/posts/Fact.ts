import { type Citation, citationOf } from "./Citation.js"
import { contentFormatProperty } from "./Content.js"
import { oneLine } from "./Line.js"
import { type Properties, valuesOf } from "./Microformats.js"
import { placeProperties } from "./Place.js"
import { isRelation, isSaidByRelation } from "./Relation.js"

/** A property that the site has no place of its own for, as a line below a post's text says it. */
export interface Fact {
  readonly property: string
  /** Its name as people read it: `Checked in by`. */
  readonly label: string
  /** The first of its values. */
  readonly values: ReadonlyArray<Citation>
  /** How many more there are. */
  readonly more: number
}

/** Values of one property that are shown. */
const mostValues = 20

/** Properties that are shown in places of their own. */
const placed: ReadonlySet<string> = new Set([
  ...["name", "summary", "content", "category", "published", "updated", "rsvp", "syndication"],
  ...["photo", "video", "audio", "featured", ...placeProperties]
])

/** Properties for programs, among them StarPunk itself. Readers do not see them. */
const technical: ReadonlySet<string> = new Set([
  contentFormatProperty,
  ...["uid", "url", "author", "created", "deleted", "slug", "lang", "shortlink", "generator", "client-id", "client_id"],
  ...["post-type", "post-status", "post-kind", "visibility", "location-visibility", "audience", "channel"],
  ...["syndicate-to", "p3k-channel", "p3k-content-type", "microblog-template", "sensitive", "children"]
])

/** Properties of events that are shown with the event. */
const times: ReadonlySet<string> = new Set(["start", "end"])

const isTechnical = (property: string): boolean => technical.has(property) || /^(?:[_@]|mp-)/.test(property)

/** `checked-in-by` as `Checked in by`; the prefix that a maker puts before properties of its own is left out. */
const labelOf = (property: string): string => {
  const words = oneLine(property.replace(/^(?:x|p3k)-/, "").replace(/[-_]+/g, " "))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const isFact = (properties: Properties, type: string) => (property: string) =>
  !placed.has(property) &&
  !isTechnical(property) &&
  !isRelation(property) &&
  !isSaidByRelation(properties, property) &&
  !(type === "h-event" && times.has(property))

/** The address of an event's own page, for tickets and the like, is for readers; a post's own addresses are not. */
const eventPage = (properties: Properties, type: string): ReadonlyArray<string> =>
  type === "h-event" && Object.hasOwn(properties, "url") ? ["url"] : []

/** The other properties of a post that name something, in their order. */
export const factsOf = (properties: Properties, type: string): ReadonlyArray<Fact> =>
  [...eventPage(properties, type), ...Object.keys(properties).filter(isFact(properties, type))].flatMap((property) => {
    const values = valuesOf(properties, property)
    const named = values.slice(0, mostValues).flatMap((value) => citationOf(value) ?? [])
    const label = property === "url" ? "Website" : labelOf(property)
    return named.length === 0 || label === ""
      ? []
      : [{ property, label, values: named, more: Math.max(0, values.length - mostValues) }]
  })
