import { type Citation, citationOf } from "./Citation.js"
import { contentFormatProperty } from "./Content.js"
import { oneLine } from "./Line.js"
import { type Properties, valuesOf } from "./Microformats.js"
import { placeProperties } from "./Place.js"
import { isRelation, isSaidByRelation } from "./Relation.js"

/** A property without a place of its own, as a line below a post's text. */
export interface Fact {
  readonly property: string
  /** Its readable name: `Checked in by`. */
  readonly label: string
  /** The first of its values. */
  readonly values: ReadonlyArray<Citation>
  /** Number of values that are left out. */
  readonly more: number
}

/** Maximum number of values that are shown. */
const mostValues = 20

/** Properties that are shown elsewhere. */
const placed: ReadonlySet<string> = new Set([
  ...["name", "summary", "content", "category", "published", "updated", "rsvp", "syndication"],
  ...["photo", "video", "audio", "featured", ...placeProperties]
])

/** Properties for programs, among them StarPunk itself. Readers do not see them. */
const technical: ReadonlySet<string> = new Set([
  contentFormatProperty,
  ...["uid", "url", "author", "created", "deleted", "slug", "lang", "shortlink", "generator", "client-id", "client_id"],
  ...["post-type", "post-status", "post-kind", "visibility", "location-visibility", "audience", "channel", "pinned"],
  ...["syndicate-to", "p3k-channel", "p3k-content-type", "microblog-template", "sensitive", "children"]
])

/** Properties of events that are shown with the event. */
const times: ReadonlySet<string> = new Set(["start", "end"])

const isTechnical = (property: string): boolean => technical.has(property) || /^(?:[_@]|mp-)/.test(property)

/** The readable name of a property: `checked-in-by` becomes `Checked in by`, without a vendor's prefix. */
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

/** The `url` property of an event is its website, which readers want; that of other posts is the post's own address. */
const eventPage = (properties: Properties, type: string): ReadonlyArray<string> =>
  type === "h-event" && Object.hasOwn(properties, "url") ? ["url"] : []

/** The other properties of a post with a value to show, in order. */
export const factsOf = (properties: Properties, type: string): ReadonlyArray<Fact> =>
  [...eventPage(properties, type), ...Object.keys(properties).filter(isFact(properties, type))].flatMap((property) => {
    const values = valuesOf(properties, property)
    const named = values.slice(0, mostValues).flatMap((value) => citationOf(value) ?? [])
    const label = property === "url" ? "Website" : labelOf(property)
    return named.length === 0 || label === ""
      ? []
      : [{ property, label, values: named, more: Math.max(0, values.length - mostValues) }]
  })
