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

/** What is wrong with a field, by the reason that the texts of pages name it. */
export type FieldFault = { readonly field: keyof PostForm } & (
  | {
      readonly reason:
        | "line_too_long"
        | "text_too_long"
        | "answer_unknown"
        | "event_missing"
        | "start_missing"
        | "ends_before_start"
        | "visibility_unknown"
        | "slug_unusable"
        | "language_unknown"
    }
  | { readonly reason: "too_many_tags" | "too_many_files"; readonly most: number }
  | { readonly reason: "tag_unusable" | "address_invalid"; readonly given: string }
  /** `zone` is the site's time zone, such as `Europe/Berlin`. */
  | { readonly reason: "time_invalid"; readonly zone: string }
)

/** The post that results from a form, and the errors of its fields. A field with an error changes nothing. */
export interface FormChange {
  readonly post: NewPost
  readonly faults: ReadonlyArray<FieldFault>
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
  readonly faults?: ReadonlyArray<FieldFault>
}

const unchanged: Part = {}
const changed = (name: string, values: Values): Part => ({ changes: [[name, values]] })
const faulty = (fault: FieldFault): Part => ({ faults: [fault] })

const tooLong = (field: "name" | "summary" | "location") => faulty({ field, reason: "line_too_long" })

/** Longer fields of lines and of addresses are refused without further checks. In UTF-16 code units. */
const longestField = 100_000

/** Length of the part of such a field that its error names, in UTF-16 code units. */
const quoted = 200

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
  if (text.length > maxTextLength) return faulty({ field: "content", reason: "text_too_long" })
  const values = valuesOf(before, "content")
  const wasShown = contentOf(before) !== undefined
  return changed("content", withContent(values, { format: given.format, text, wasShown }))
}

const categories = ({ before, given, shown }: Compared): Part => {
  if (given.category.trim() === shown.category.trim()) return unchanged
  const tooMany = faulty({ field: "category", reason: "too_many_tags", most: limits.values })
  if (given.category.length > longestField) return tooMany
  const labels = readTags(given.category)
  const unusable = labels.find((label) => foldTag(label) === "")
  if (unusable !== undefined) return faulty({ field: "category", reason: "tag_unusable", given: unusable })
  if (labels.length > limits.values) return tooMany
  const others = valuesOf(before, "category").filter((value) => labelOf(value) === undefined)
  return changed("category", [...labels, ...others])
}

const isWebAddress = (text: string) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

const addressesIn = (field: string): ReadonlyArray<string> => field.split(/\s+/).filter((address) => address !== "")

const relation =
  (name: RelationProperty) =>
  ({ before, given, shown }: Compared): Part => {
    if (given[name] === shown[name]) return unchanged
    // Splitting megabytes into addresses takes a second.
    if (given[name].length > longestField) {
      return faulty({ field: name, reason: "address_invalid", given: given[name].trim().slice(0, quoted) })
    }
    const addresses = addressesIn(given[name])
    if (addresses.join(" ") === shown[name]) return unchanged
    const known = addressesIn(shown[name])
    const wrong = addresses.find((address) => !isWebAddress(address) && !known.includes(address))
    return wrong === undefined
      ? changed(name, withAddresses(valuesOf(before, name), addresses))
      : faulty({ field: name, reason: "address_invalid", given: wrong })
  }

const rsvp = ({ before, given, shown }: Compared): Part => {
  if (given.rsvp === shown.rsvp) return unchanged
  const answer = rsvpAnswer(given.rsvp)
  if (given.rsvp !== "" && answer === undefined) return faulty({ field: "rsvp", reason: "answer_unknown" })
  if (answer !== undefined && given["in-reply-to"].trim() === "") {
    return faulty({ field: "in-reply-to", reason: "event_missing" })
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
    ? faulty({ field: "media", reason: "too_many_files", most: limits.values })
    : { changes }
}

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
    if (text !== "" && Option.isNone(parseMoment(text, zone)))
      return faulty({ field: name, reason: "time_invalid", zone: zone.name })
    return changed(name, withFirstText(valuesOf(before, name), text === "" ? "" : zoned(text, zone)))
  }

const duration = ({ given, zone }: Compared): Part => {
  if (given.end.trim() !== "" && given.start.trim() === "") {
    return faulty({ field: "start", reason: "start_missing" })
  }
  const [start, end] = [parseMoment(given.start, zone), parseMoment(given.end, zone)]
  return Option.isSome(start) && Option.isSome(end) && end.value.at < start.value.at
    ? faulty({ field: "end", reason: "ends_before_start" })
    : unchanged
}

const published = ({ given, shown, zone }: Compared): Part => {
  const text = given.published.trim()
  if (isSameTime(text, shown.published, zone)) return unchanged
  if (text === "") return changed("published", [])
  return Option.isNone(parseMoment(text, zone))
    ? faulty({ field: "published", reason: "time_invalid", zone: zone.name })
    : changed("published", [zoned(text, zone)])
}

const visibility = ({ given }: Compared): Part =>
  Visibility.literals.some((literal) => literal === given.visibility)
    ? unchanged
    : faulty({ field: "visibility", reason: "visibility_unknown" })

const slug = ({ given, shown }: Compared): Part =>
  given.slug.trim() === "" || given.slug === shown.slug || slugFromWish(given.slug) !== undefined
    ? unchanged
    : faulty({ field: "slug", reason: "slug_unusable" })

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
    : faulty({ field: "lang", reason: "language_unknown" })
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
