import { Option } from "effect"
import { formatInstant, parseInstant } from "../../domain/Instant.js"
import { type PixelSize, parseMediaPath, variantsOf } from "../../domain/Media.js"
import { addressIn, isObject, type RsvpAnswer, rsvpAnswer, textsOf, valuesOf } from "../../domain/Microformats.js"
import { permalink, permalinkPath } from "../../domain/Permalink.js"
import { htmlOf, nameOf, type Post, summaryOf, tagsOf } from "../../domain/Post.js"
import type { Site } from "./Site.js"

/** The properties by which a post answers to something elsewhere, in the order in which they are shown. */
const relations = ["in-reply-to", "like-of", "repost-of", "bookmark-of"] as const

/** Something elsewhere that a post answers to. */
export interface Reference {
  readonly relation: (typeof relations)[number]
  /** Absolute, http or https. */
  readonly url: string
  readonly name: string
}

/** A picture, film or recording of a post. */
export interface Medium {
  /** Absolute, http or https. */
  readonly url: string
  /** What it shows, for those who do not see it; empty when its author did not say. */
  readonly alt: string
  /** Of what was uploaded here: `image/jpeg`. */
  readonly mediaType: string | undefined
  /** Of pictures that were uploaded here. */
  readonly size: PixelSize | undefined
  /** Smaller renderings of it, smallest first, by their absolute addresses. */
  readonly renderings: ReadonlyArray<{ readonly url: string; readonly width: number }>
}

/** A place as people say it, and its page where it has one. */
export interface Place {
  readonly name: string
  /** Absolute, http or https. */
  readonly url: string | undefined
}

/** When an event is: as its author wrote it, for machines, and in words, in the author's own zone. */
export interface EventTime {
  readonly machine: string
  readonly spoken: string
}

/** What is said of an event beside its name and text. */
export interface EventView {
  readonly start: EventTime | undefined
  readonly end: EventTime | undefined
  readonly location: Place | undefined
}

/** A tag of a post and its page. */
export interface TagLink {
  readonly label: string
  readonly url: string
}

/** A post as pages and feeds show it. Addresses are absolute; times are epoch milliseconds, UTC. */
export interface EntryView {
  readonly post: Post
  readonly path: string
  readonly url: string
  /** Absent for notes: no title is made up for them. */
  readonly title: string | undefined
  readonly summary: string | undefined
  /** Safe to be put into a page as it is. */
  readonly html: string
  readonly publishedAt: number
  /** Absent unless the post was edited after it was made. */
  readonly editedAt: number | undefined
  readonly tags: ReadonlyArray<TagLink>
  readonly photos: ReadonlyArray<Medium>
  readonly videos: ReadonlyArray<Medium>
  readonly audios: ReadonlyArray<Medium>
  readonly references: ReadonlyArray<Reference>
  /** The answer to the invitation that the post replies to. */
  readonly rsvp: RsvpAnswer | undefined
  /** Where its author was, by their own word. */
  readonly checkin: Place | undefined
  /** Present on events. */
  readonly event: EventView | undefined
}

/** How a post is shown on this site. */
export const entryView = (post: Post, site: Site): EntryView => ({
  post,
  path: permalinkPath(post.slug),
  url: permalink(site.url, post.slug),
  title: nameOf(post),
  summary: summaryOf(post),
  html: htmlOf(post),
  publishedAt: post.publishedAt,
  // What was changed before anybody could read it was not edited.
  editedAt: post.updatedAt > Math.max(post.createdAt, post.publishedAt) ? post.updatedAt : undefined,
  tags: tagsOf(post).map(({ label, tag }) => ({ label, url: `${site.url}${tagPath(tag)}` })),
  photos: mediaOf(post, "photo", site),
  videos: mediaOf(post, "video", site),
  audios: mediaOf(post, "audio", site),
  references: referencesOf(post, site),
  rsvp: rsvpAnswer(textsOf(post.properties, "rsvp")[0]),
  checkin: placeOf(post, "checkin", site),
  event: post.type === "h-event" ? eventOf(post, site) : undefined
})

/**
 * What a post without a name and without text is called where it must be called something, such as `Likes
 * other.example/1`; absent where its text says enough.
 */
export const captionOf = ({ checkin, html, photos, references, rsvp, title }: EntryView): string | undefined => {
  if (title !== undefined) return title
  if (html !== "") return undefined
  const [reference] = references
  if (rsvp !== undefined && reference !== undefined) return `RSVP ${rsvp}: ${reference.name}`
  if (reference !== undefined) return `${relationWords[reference.relation]} ${reference.name}`
  if (checkin !== undefined) return `At ${checkin.name}`
  return photos.find(({ alt }) => alt !== "")?.alt
}

/** How a post answers to something, in words. */
export const relationWords: Record<Reference["relation"], string> = {
  "in-reply-to": "In reply to",
  "like-of": "Likes",
  "repost-of": "Reposts",
  "bookmark-of": "Bookmarks"
}

/** The page of a folded tag. */
export const tagPath = (tag: string): `/tag/${string}` => `/tag/${encodeURIComponent(tag)}`

const mediaOf = ({ properties }: Post, name: "photo" | "video" | "audio", site: Site): ReadonlyArray<Medium> =>
  valuesOf(properties, name).flatMap((value) => {
    const { address, alt } = isObject(value) ? { address: value.value, alt: value.alt } : { address: value, alt: "" }
    const url = webAddress(address, site)
    return url === undefined ? [] : [{ url, alt: typeof alt === "string" ? alt : "", ...toldByAddress(url, site) }]
  })

/** What the address of a file of this site tells of it: nothing has to be looked up for a page. */
const toldByAddress = (url: string, site: Site): Pick<Medium, "mediaType" | "renderings" | "size"> => {
  const name = url.startsWith(site.home) ? parseMediaPath(url.slice(site.url.length)) : undefined
  const variants = name === undefined ? [] : variantsOf(name)
  return {
    mediaType: name?.format.mediaType,
    size: name?.size,
    renderings: variants.map(({ path, width }) => ({ url: `${site.url}${path}`, width }))
  }
}

const referencesOf = ({ properties }: Post, site: Site): ReadonlyArray<Reference> =>
  relations.flatMap((relation) =>
    valuesOf(properties, relation).flatMap((value) => {
      const url = webAddress(addressIn(value), site)
      const name = isObject(value) ? nested(value, "name") : undefined
      return url === undefined ? [] : [{ relation, url, name: name ?? spokenAddress(url) }]
    })
  )

const eventOf = (post: Post, site: Site): EventView => {
  const start = wallClockOf(post, "start")
  const end = wallClockOf(post, "end")
  const isOneDay = start?.hasHour && end?.hasHour && isSameDay(start, end)
  return {
    start: start && { machine: start.machine, spoken: spokenTime(start, site, isOneDay ? "without zone" : "whole") },
    end: end && { machine: end.machine, spoken: spokenTime(end, site, isOneDay ? "hour" : "whole") },
    location: placeOf(post, "location", site)
  }
}

const zoned = /^(?<wall>.*[T ].*?)(?<zone>Z|[+-]\d{2}(?::?\d{2})?)$/i

/** The time on the clock where the event is, not that of UTC: whoever goes there reads the clock there. */
interface WallClock {
  readonly machine: string
  /** Epoch milliseconds, as if the clock showed UTC. */
  readonly instant: number
  readonly hasHour: boolean
  /** `+01:00` or `Z`; empty where its author gave none. */
  readonly zone: string
}

const wallClockOf = ({ properties }: Post, name: "start" | "end"): WallClock | undefined => {
  const [machine] = textsOf(properties, name)
  if (machine === undefined) return undefined
  const { wall = machine.trim(), zone = "" } = zoned.exec(machine.trim())?.groups ?? {}
  return Option.match(parseInstant(wall), {
    onNone: () => undefined,
    onSome: (instant) => ({ machine, instant, hasHour: /[T ]/.test(wall), zone: zone.toUpperCase() })
  })
}

const isSameDay = (a: WallClock, b: WallClock): boolean =>
  a.zone === b.zone && formatInstant(a.instant).slice(0, 10) === formatInstant(b.instant).slice(0, 10)

const spokenTime = (
  { hasHour, instant, zone }: WallClock,
  site: Site,
  form: "whole" | "hour" | "without zone"
): string => {
  if (!hasHour) return site.formatDay(instant)
  const offset = zone === "" || form === "without zone" ? "" : ` UTC${zone === "Z" ? "" : zone}`
  return `${form === "hour" ? site.formatHour(instant) : site.formatWallClock(instant)}${offset}`
}

/** The parts of an address (h-adr) and of a place (h-card), in the order in which they are said. */
const placeParts = ["name", "street-address", "locality", "region", "country-name"]

const placeOf = ({ properties }: Post, property: "checkin" | "location", site: Site): Place | undefined => {
  const [value] = valuesOf(properties, property)
  if (typeof value === "string") {
    const url = /^https?:/i.test(value) ? webAddress(value, site) : undefined
    return { name: url === undefined ? value : spokenAddress(url), url }
  }
  if (!isObject(value)) return undefined
  const name = placeParts.map((part) => nested(value, part)).filter((part) => part !== undefined)
  const text = typeof value.value === "string" ? value.value : undefined
  const said = name.length > 0 ? name.join(", ") : text
  const url = addressIn(nested(value, "url") ?? "")
  return said === undefined ? undefined : { name: said, url: webAddress(url, site) }
}

/** The first text of a property of a nested microformat, such as the h-cite of a reply. */
const nested = (value: { readonly [key: string]: unknown }, name: string): string | undefined => {
  const properties = value.properties
  const values = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
  return Array.isArray(values) && typeof values[0] === "string" && values[0].trim() !== "" ? values[0] : undefined
}

/** Only http and https are linked to; everything else, `javascript:` above all, is not an address to us. */
const webAddress = (value: unknown, site: Site): string | undefined => {
  if (typeof value !== "string" || !URL.canParse(value, site.home)) return undefined
  const { href, protocol } = new URL(value, site.home)
  return protocol === "https:" || protocol === "http:" ? href : undefined
}

/** An address as people say it, and no longer than they would. */
const spokenAddress = (url: string): string => {
  const bare = url.replace(/^https?:\/\/(?:www\.)?|\/$/g, "")
  return bare.length <= 80 ? bare : `${bare.slice(0, 79)}…`
}
