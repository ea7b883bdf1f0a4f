import { Option } from "effect"
import { formatInstant, parseInstant } from "../../domain/Instant.js"
import { type PixelSize, parseMediaPath, variantsOf } from "../../domain/media/Media.js"
import { type Citation, citationName } from "../../domain/posts/Citation.js"
import { withPage } from "../../domain/posts/CitedPage.js"
import { type Fact, factsOf } from "../../domain/posts/Fact.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { isObject, type RsvpAnswer, rsvpAnswer, textsOf, valuesOf } from "../../domain/posts/Microformats.js"
import { atPresentHost } from "../../domain/posts/OwnAddress.js"
import { pathOf, permalink } from "../../domain/posts/Permalink.js"
import { peopleOf } from "../../domain/posts/Person.js"
import { type Place, placesOf, placeWords } from "../../domain/posts/Place.js"
import { nameOf, type Post, summaryOf, tagsOf } from "../../domain/posts/Post.js"
import { languageOf } from "../../domain/posts/PostLanguage.js"
import { octetsOf, readingMinutes } from "../../domain/posts/ReadingTime.js"
import { type Relation, relationsOf } from "../../domain/posts/Relation.js"
import { mediumAddress, saysMore, syndicationOf } from "../../domain/posts/Shown.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "./Site.js"
import { citationWords, factLabel, relationWords } from "./Words.js"

/** An image, video or audio file of a post. */
export interface Medium {
  /** Absolute, http or https. */
  readonly url: string
  /** Alternative text; empty if the author gave none. */
  readonly alt: string
  /** Known for files uploaded here: `image/jpeg`. */
  readonly mediaType: string | undefined
  /** Known for images uploaded here. */
  readonly size: PixelSize | undefined
  /** Smaller renderings, smallest first, with absolute addresses. */
  readonly renderings: ReadonlyArray<{ readonly url: string; readonly width: number }>
}

/** Time of an event: machine-readable as its author wrote it, and readable in the author's time zone. */
export interface EventTime {
  readonly machine: string
  readonly spoken: string
}

/** Properties of an event beside its name and text. */
export interface EventView {
  readonly start: EventTime | undefined
  readonly end: EventTime | undefined
}

/** A tag of a post and its page. */
export interface TagLink {
  readonly label: string
  readonly url: string
}

/** A post as pages and feeds show it. Addresses are absolute; times are in epoch milliseconds. */
export interface EntryView {
  readonly post: Post | ListedPost
  readonly path: string
  readonly url: string
  /** Absent for notes, which get no artificial title. */
  readonly title: string | undefined
  /** BCP 47; absent if it is in the site's language. */
  readonly language: string | undefined
  readonly summary: string | undefined
  /** The summary, unless title and text already contain it. */
  readonly lead: string | undefined
  /** Safe to embed in a page; absent if a list shows only the post's beginning. */
  readonly html: string | undefined
  readonly publishedAt: number
  /** UTC offset of its author in seconds; that of the site's time zone if unknown. */
  readonly publishedOffset: number
  /** Absent unless the post was edited after it was published. */
  readonly editedAt: number | undefined
  /** Minutes that its text takes to read; absent without text. */
  readonly minutes: number | undefined
  readonly tags: ReadonlyArray<TagLink>
  /** People among its categories. */
  readonly people: ReadonlyArray<Citation>
  /** A picture that represents the post, unless the post shows it anyway. */
  readonly featured: ReadonlyArray<Medium>
  readonly photos: ReadonlyArray<Medium>
  readonly videos: ReadonlyArray<Medium>
  readonly audios: ReadonlyArray<Medium>
  /** Its relations to other pages. */
  readonly relations: ReadonlyArray<Relation>
  /** The RSVP to the event that the post replies to. */
  readonly rsvp: RsvpAnswer | undefined
  /** The author's check-ins. */
  readonly checkins: ReadonlyArray<Place>
  /** Places that it mentions, or the place of an event. */
  readonly locations: ReadonlyArray<Place>
  /** Its other properties. */
  readonly facts: ReadonlyArray<Fact>
  /** Copies elsewhere: absolute, http or https. */
  readonly syndication: ReadonlyArray<string>
  /** Present on events. */
  readonly event: EventView | undefined
}

/** The latest view of each post. Posts of lists and the site are the same objects until they change. */
const views = new WeakMap<Post | ListedPost, { readonly site: Site; readonly view: EntryView }>()

/** Makes the view of a post on this site, or returns the one that was made before. */
export const entryView = (post: Post | ListedPost, site: Site): EntryView => {
  const known = views.get(post)
  if (known?.site === site) return known.view
  const view = makeView(post, site)
  // For the owner the site is a new object on each request, so caching would have no effect.
  if (!site.isForOwner) views.set(post, { site, view })
  return view
}

const makeView = (post: Post | ListedPost, site: Site): EntryView => {
  const { properties, type } = post
  const title = nameOf(post)
  const summary = summaryOf(post)
  const html = post.rendering.html === undefined ? undefined : atPresentHost(post.rendering.html, site.former)
  const photos = mediaOf(post, "photo", site)
  return {
    post,
    path: pathOf(post),
    url: permalink(site.url, post),
    title,
    language: languageOf(post),
    summary,
    lead: summary !== undefined && saysMore(summary, [title ?? "", textIn(post)]) ? summary : undefined,
    html,
    publishedAt: post.publishedAt,
    publishedOffset: post.publishedOffset ?? site.zone.offsetAt(post.publishedAt),
    // Changes before the publication do not count as edits.
    editedAt: post.updatedAt > Math.max(post.createdAt, post.publishedAt) ? post.updatedAt : undefined,
    minutes: html === "" ? undefined : readingMinutes(post.rendering.opening, sizeOf(post)),
    tags: tagsOf(post).map(({ label, tag }) => ({ label, url: `${site.url}${tagPath(tag)}` })),
    people: peopleOf(properties).map((person) => absoluteCitation(person, site)),
    featured: mediaOf(post, "featured", site).filter(
      ({ url }) => !photos.some((photo) => photo.url === url) && !isInHtml(html ?? "", url, site)
    ),
    photos,
    videos: mediaOf(post, "video", site),
    audios: mediaOf(post, "audio", site),
    relations: relationsOf(properties).map((relation) => ({
      ...relation,
      citation: absoluteCitation(withPage(relation.citation, post.citedPages ?? []), site)
    })),
    rsvp: rsvpAnswer(textsOf(properties, "rsvp")[0]),
    checkins: placesOf(properties, "checkin").map((place) => absolutePlace(place, site)),
    locations: placesOf(properties, "location").map((place) => absolutePlace(place, site)),
    facts: factsOf(properties, type).map((fact) => ({
      ...fact,
      values: fact.values.map((value) => absoluteCitation(value, site))
    })),
    syndication: syndicationOf(properties),
    event: type === "h-event" ? eventOf(post, site) : undefined
  }
}

/** Returns whether the text shows a picture, by its absolute address or its path on this site. */
const isInHtml = (html: string, url: string, site: Site): boolean =>
  html.includes(`src="${url}"`) || (url.startsWith(site.home) && html.includes(`src="${url.slice(site.url.length)}"`))

/** Size of a post's text in bytes. */
const sizeOf = ({ rendering }: Post | ListedPost): number =>
  "octets" in rendering ? rendering.octets : octetsOf(rendering.text)

type Propertied = Pick<Post, "properties">

/** The known part of a post's text. */
const textIn = ({ rendering }: Post | ListedPost): string => ("text" in rendering ? rendering.text : rendering.opening)

const absoluteCitation = (citation: Citation, site: Site): Citation => ({
  ...citation,
  url: webAddress(citation.url, site),
  authors: citation.authors.map((author) => ({ ...author, url: webAddress(author.url, site) }))
})

const absolutePlace = (place: Place, site: Site): Place => ({ ...place, url: webAddress(place.url, site) })

/** A caption for a post without name and text, such as `Likes other.example/1`; `undefined` if it has text. */
export const captionOf = (entry: EntryView): string | undefined => {
  const { checkins, facts, html, locations, photos, relations, rsvp, summary, title } = entry
  if (title !== undefined) return title
  if (html !== "" || summary !== undefined) return undefined
  const [relation] = relations
  if (rsvp !== undefined && relation !== undefined)
    return texts.theme.entry.rsvp({
      answer: texts.theme.entry.rsvpAnswers[rsvp],
      name: citationName(relation.citation)
    })
  if (relation !== undefined) return `${relationWords(relation)} ${citationWords(relation.citation)}`
  if (checkins[0] !== undefined) return texts.theme.entry.atPlace({ place: placeWords(checkins[0]) })
  if (locations[0] !== undefined) return texts.theme.entry.fromPlace({ place: placeWords(locations[0]) })
  const described = photos.find(({ alt }) => alt !== "")?.alt
  const [fact] = facts
  return described ?? (fact && `${factLabel(fact)}: ${fact.values.map(citationWords).join(", ")}`)
}

/** The path of a folded tag's page. */
export const tagPath = (tag: string): `/tag/${string}` => `/tag/${encodeURIComponent(tag)}`

const mediaOf = (
  { properties }: Propertied,
  name: "photo" | "video" | "audio" | "featured",
  site: Site
): ReadonlyArray<Medium> =>
  valuesOf(properties, name).flatMap((value) => {
    const url = webAddress(mediumAddress(value), site)
    const alt = isObject(value) && typeof value.alt === "string" ? value.alt : ""
    return url === undefined ? [] : [{ url, alt, ...knownByAddress(url, site) }]
  })

/** Properties that the address of a file of this site contains, so that no query is needed. */
const knownByAddress = (url: string, site: Site): Pick<Medium, "mediaType" | "renderings" | "size"> => {
  const name = url.startsWith(site.home) ? parseMediaPath(url.slice(site.url.length)) : undefined
  const variants = name === undefined ? [] : variantsOf(name)
  return {
    mediaType: name?.format.mediaType,
    size: name?.size,
    renderings: variants.map(({ path, width }) => ({ url: `${site.url}${path}`, width }))
  }
}

const eventOf = (post: Propertied, site: Site): EventView => {
  const start = wallClockOf(post, "start")
  const end = wallClockOf(post, "end")
  const isOneDay = start?.hasHour && end?.hasHour && isSameDay(start, end)
  return {
    start: start && { machine: start.machine, spoken: spokenTime(start, site, isOneDay ? "without zone" : "whole") },
    end: end && { machine: end.machine, spoken: spokenTime(end, site, isOneDay ? "hour" : "whole") }
  }
}

const zoned = /^(?<wall>.*[T ].*?)(?<zone>Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)$/i

/** An event's time in local time at its place, not UTC, because visitors of the event use local clocks. */
interface WallClock {
  readonly machine: string
  /** The local time as if it were UTC, in epoch milliseconds. */
  readonly instant: number
  readonly hasHour: boolean
  /** `+01:00` or `Z`; empty if the author gave none. */
  readonly zone: string
}

const wallClockOf = ({ properties }: Propertied, name: "start" | "end"): WallClock | undefined => {
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
  if (!hasHour) return site.formatDay(instant, 0)
  const offset = zone === "" || form === "without zone" ? "" : ` UTC${zone === "Z" ? "" : zone}`
  return `${form === "hour" ? site.formatHour(instant) : site.formatWallClock(instant)}${offset}`
}

/** Accepts only http and https addresses, which excludes `javascript:` above all. */
const webAddress = (value: unknown, site: Site): string | undefined => {
  if (typeof value !== "string" || !URL.canParse(value, site.home)) return undefined
  const { href, protocol } = new URL(value, site.home)
  return protocol === "https:" || protocol === "http:" ? href : undefined
}
