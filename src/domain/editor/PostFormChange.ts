import { Option } from "effect"
import { isLanguage } from "../Language.js"
import { formatMoment, type Moment, parseMoment } from "../Moment.js"
import { contentOf } from "../posts/Content.js"
import { oneLine } from "../posts/Line.js"
import { limits, type Properties, rsvpAnswer, valuesOf } from "../posts/Microformats.js"
import { labelOf } from "../posts/Person.js"
import {
  isPage,
  isPinned,
  type NewPost,
  type Post,
  pinnedProperty,
  postTypeProperty,
  Visibility
} from "../posts/Post.js"
import { languageProperty, longestLanguage } from "../posts/PostLanguage.js"
import { slugFromWish } from "../posts/Slug.js"
import { withLineFeeds } from "../posts/StorableText.js"
import { foldTag } from "../posts/Tag.js"
import { readTags } from "../posts/TagList.js"
import { type TimeZone, utc } from "../TimeZone.js"
import {
  emptyForm,
  formOf,
  isSameTime,
  mediaProperties,
  type PostForm,
  type RelationProperty,
  relationProperties
} from "./PostForm.js"
import { type Values, withAddresses, withChanges, withContent, withFirstText, withMedia } from "./ValueChange.js"

/** An error of a field, as a message for the person who filled it in, without a full stop. */
export interface FormFault {
  readonly field: keyof PostForm
  readonly message: string
}

/** The post that results from a form, and the errors of its fields. A field with an error changes nothing. */
export interface FormChange {
  readonly post: NewPost
  readonly faults: ReadonlyArray<FormFault>
}

/** Maximum length of a text in characters. */
const maxTextLength = 1_048_576

/** A form, the form that was shown, and the properties of the post. */
interface Compared {
  readonly given: PostForm
  readonly shown: PostForm
  readonly before: Properties
  /** Time zone of the site. */
  readonly zone: TimeZone
}

/** What one field changes. */
interface Part {
  readonly changes?: ReadonlyArray<readonly [name: string, values: Values]>
  readonly faults?: ReadonlyArray<FormFault>
}

const unchanged: Part = {}
const changed = (name: string, values: Values): Part => ({ changes: [[name, values]] })
const faulty = (field: keyof PostForm, message: string): Part => ({ faults: [{ field, message }] })

const tooLong = (field: "name" | "summary" | "location") => faulty(field, "Shorten this to at most 5,000 characters")

/** Longer fields of one line are refused without further checks. In UTF-16 code units. */
const longestField = 100_000

const lineField = ({ before, given, shown }: Compared, name: "name" | "summary" | "location"): Part => {
  if (given[name].length > longestField && given[name] !== shown[name]) return tooLong(name)
  const text = oneLine(given[name])
  if (text === oneLine(shown[name])) return unchanged
  if (text.length > 5_000) return tooLong(name)
  return changed(name, withFirstText(valuesOf(before, name), text))
}

const content = ({ before, given, shown }: Compared): Part => {
  const text = withLineFeeds(given.content)
  if (text === shown.content) return unchanged
  if (text.length > maxTextLength) return faulty("content", "Shorten the text to at most 1,000,000 characters")
  const values = valuesOf(before, "content")
  const wasShown = contentOf(before) !== undefined
  return changed("content", withContent(values, { format: given.format, text, wasShown }))
}

const categories = ({ before, given, shown }: Compared): Part => {
  if (given.category.trim() === shown.category.trim()) return unchanged
  const tooMany = faulty("category", `Enter at most ${limits.values} tags`)
  if (given.category.length > longestField) return tooMany
  const labels = readTags(given.category)
  const unusable = labels.find((label) => foldTag(label) === "")
  if (unusable !== undefined) return faulty("category", `“${unusable}” cannot be used as a tag`)
  if (labels.length > limits.values) return tooMany
  const others = valuesOf(before, "category").filter((value) => labelOf(value) === undefined)
  return changed("category", [...labels, ...others])
}

const isWebAddress = (text: string) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

const addressesIn = (field: string): ReadonlyArray<string> => field.split(/\s+/).filter((address) => address !== "")

const relation =
  (name: RelationProperty) =>
  ({ before, given, shown }: Compared): Part => {
    const addresses = addressesIn(given[name])
    if (addresses.join(" ") === shown[name]) return unchanged
    const known = addressesIn(shown[name])
    const wrong = addresses.find((address) => !isWebAddress(address) && !known.includes(address))
    return wrong === undefined
      ? changed(name, withAddresses(valuesOf(before, name), addresses))
      : faulty(name, `“${wrong}” isn't a web address. Begin it with https:// or http://`)
  }

const rsvp = ({ before, given, shown }: Compared): Part => {
  if (given.rsvp === shown.rsvp) return unchanged
  const answer = rsvpAnswer(given.rsvp)
  if (given.rsvp !== "" && answer === undefined) return faulty("rsvp", "Choose yes, no, maybe or interested")
  if (answer !== undefined && given["in-reply-to"].trim() === "") {
    return faulty("in-reply-to", "Enter the address of the event")
  }
  return changed("rsvp", withFirstText(valuesOf(before, "rsvp"), answer ?? ""))
}

const media = ({ before, given }: Compared): Part => {
  const changes = mediaProperties.flatMap((property) => {
    const values = valuesOf(before, property)
    const after = withMedia(values, property, given.media)
    return JSON.stringify(after) === JSON.stringify(values) ? [] : [[property, after] as const]
  })
  return changes.some(([, values]) => values.length > limits.values)
    ? faulty("media", `Attach at most ${limits.values} files of one type`)
    : { changes }
}

const timeExpected = ({ name }: TimeZone) =>
  `Enter a date and time, such as 2026-11-23T19:00. Without an offset, it is in the site's time zone, ${name}`

/** A time with its offset: the given one, or that of the site's time zone. */
const zoned = (text: string, zone: TimeZone): string =>
  /T.*(?:Z|[+-]\d{2}:?\d{2}(?::?\d{2})?)$/i.test(text)
    ? text
    : Option.match(parseMoment(text, zone), { onNone: () => text, onSome: written })

const written = (moment: Moment): string => formatMoment(moment).replace(/(?<=T\d{2}:\d{2}):00\.000/, "")

const eventTime =
  (name: "start" | "end") =>
  ({ before, given, shown, zone }: Compared): Part => {
    const text = given[name].trim()
    if (isSameTime(text, shown[name], zone)) return unchanged
    if (text !== "" && Option.isNone(parseMoment(text, zone))) return faulty(name, timeExpected(zone))
    return changed(name, withFirstText(valuesOf(before, name), text === "" ? "" : zoned(text, zone)))
  }

const duration = ({ given, zone }: Compared): Part => {
  if (given.end.trim() !== "" && given.start.trim() === "") {
    return faulty("start", "Enter the start of the event")
  }
  const [start, end] = [parseMoment(given.start, zone), parseMoment(given.end, zone)]
  return Option.isSome(start) && Option.isSome(end) && end.value.at < start.value.at
    ? faulty("end", "The event ends before it starts. Correct the start or the end")
    : unchanged
}

const published = ({ given, shown, zone }: Compared): Part => {
  const text = given.published.trim()
  if (isSameTime(text, shown.published, zone)) return unchanged
  if (text === "") return changed("published", [])
  return Option.isNone(parseMoment(text, zone))
    ? faulty("published", timeExpected(zone))
    : changed("published", [zoned(text, zone)])
}

const visibility = ({ given }: Compared): Part =>
  Visibility.literals.some((literal) => literal === given.visibility)
    ? unchanged
    : faulty("visibility", "Choose public, unlisted or private")

const slug = ({ given, shown }: Compared): Part =>
  given.slug.trim() === "" || given.slug === shown.slug || slugFromWish(given.slug) !== undefined
    ? unchanged
    : faulty("slug", "Use letters or digits in the address")

const kind = ({ before, given }: Compared): Part =>
  given.kind === "" || (given.kind === "page") === isPage({ properties: before })
    ? unchanged
    : changed(postTypeProperty, given.kind === "page" ? ["page"] : [])

const pinned = ({ before, given }: Compared): Part =>
  given.pinned === "" || (given.pinned === "yes") === isPinned({ properties: before })
    ? unchanged
    : changed(pinnedProperty, given.pinned === "yes" ? ["true"] : [])

const language = ({ before, given, shown }: Compared): Part => {
  const text = given.lang.trim()
  if (text === shown.lang) return unchanged
  if (text === "") return changed(languageProperty, [])
  return text.length <= longestLanguage && isLanguage(text)
    ? changed(languageProperty, withFirstText(valuesOf(before, languageProperty), text))
    : faulty("lang", "Choose a language from the list")
}

const parts: ReadonlyArray<(compared: Compared) => Part> = [
  (compared) => lineField(compared, "name"),
  content,
  media,
  categories,
  published,
  visibility,
  slug,
  kind,
  pinned,
  language,
  (compared) => lineField(compared, "summary"),
  ...relationProperties.map(relation),
  rsvp,
  eventTime("start"),
  eventTime("end"),
  duration,
  (compared) => lineField(compared, "location")
]

/** A post with a start is an event. An event that was stored without a start stays one. */
const typeAfter = ({ given, shown }: Compared, base: Post | undefined): string => {
  if (given.start.trim() !== "") return "h-event"
  const type = base?.type ?? "h-entry"
  return type === "h-event" && shown.start !== "" ? "h-entry" : type
}

/**
 * The publication time after the change. An unchanged field keeps the exact time and offset. If it was emptied, a
 * scheduled post gets the current time, and a draft the time when it is published.
 */
const publishedOf = (
  { given, shown, zone }: Compared,
  base: Post | undefined,
  now: number
): Pick<NewPost, "publishedAt" | "publishedOffset"> => {
  const text = given.published.trim()
  const kept = shown.published === "" || base === undefined ? {} : timeOf(base.publishedAt, base.publishedOffset)
  if (isSameTime(text, shown.published, zone)) return kept
  if (text === "") {
    if (base?.status !== "published") return {}
    return base.publishedAt <= now ? kept : timeOf(now)
  }
  return Option.match(parseMoment(text, zone), { onNone: () => kept, onSome: ({ at, offset }) => timeOf(at, offset) })
}

const timeOf = (publishedAt: number, publishedOffset?: number): Pick<NewPost, "publishedAt" | "publishedOffset"> =>
  publishedOffset === undefined ? { publishedAt } : { publishedAt, publishedOffset }

/**
 * Applies a form to a post, or makes a new draft from it. Only fields that differ from what the form showed change the
 * post. Properties without a field stay, and so do values that a field cannot show completely. The status stays too:
 * the caller changes it according to the button. Times without an offset are in the site's time `zone`.
 */
export const changeOf = (given: PostForm, base: Post | undefined, now: number, zone: TimeZone = utc): FormChange => {
  const compared: Compared = {
    given,
    zone,
    shown: base === undefined ? emptyForm : formOf(base, zone),
    before: base?.properties ?? {}
  }
  const outcome = parts.map((part) => part(compared))
  const wish = given.slug.trim()
  return {
    post: {
      type: typeAfter(compared, base),
      properties: withChanges(compared.before, new Map(outcome.flatMap(({ changes = [] }) => changes))),
      status: base?.status ?? "draft",
      visibility: Visibility.literals.find((literal) => literal === given.visibility) ?? base?.visibility ?? "public",
      ...publishedOf(compared, base, now),
      ...(wish !== "" && wish !== compared.shown.slug && { wishedSlug: wish })
    },
    faults: outcome.flatMap(({ faults = [] }) => faults)
  }
}
