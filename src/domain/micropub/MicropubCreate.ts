import { Either, Option } from "effect"
import { MicropubMalformed, MicropubUnsupported } from "../../errors/Micropub.js"
import { formatMoment, formatRfc3339, type Moment, parseMoment } from "../Moment.js"
import { listIn, withAlts } from "../posts/MediaAlt.js"
import { decodeProperties, isObject, type Properties, textsOf, valuesOf } from "../posts/Microformats.js"
import { isPage, type NewPost, type Post, PostStatus, postTypeProperty, Visibility } from "../posts/Post.js"
import { showsNothing } from "../posts/Shown.js"
import { type TimeZone, utc } from "../TimeZone.js"
import { channelCommand, channelNames } from "./Channel.js"
import { type FormFields, formProperties, type ReceivedFile } from "./MicropubForm.js"

/** Why a request contains no post that can be stored. */
export type CreateFailure = MicropubMalformed | MicropubUnsupported

/** Form fields about the request rather than the post (W3C Micropub §3.2). JSON has them outside of the properties. */
const requestFields: ReadonlySet<string> = new Set(["h", "action", "url"])

/** Returns whether a field is never a property: commands, and the token (W3C Micropub §3.2). */
const isCommand = (name: string): boolean => name.startsWith("mp-") || name === "access_token"

/** Properties that become fields of the post, outside of its properties. */
const decisions: ReadonlySet<string> = new Set(["post-status", "visibility"])

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

const without = (properties: Properties, isLeftOut: (name: string) => boolean): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !isLeftOut(name)))

/** Synonyms that clients send for `post-status` and `visibility`. */
const synonyms: ReadonlyMap<string, string> = new Map([["publish", "published"]])

const oneOf = <A extends string>(
  properties: Properties,
  name: string,
  choices: readonly [A, ...ReadonlyArray<A>]
): Either.Either<A, MicropubMalformed> => {
  const given = textsOf(properties, name)[0]?.trim().toLowerCase()
  const choice =
    given === undefined ? choices[0] : choices.find((candidate) => candidate === (synonyms.get(given) ?? given))
  return choice === undefined ? malformed(`properties.${name}`, `one of ${choices.join(", ")}`) : Either.right(choice)
}

/** Maximum number of property names in an error message. */
const mostNames = 8

const somethingToShow = (properties: Properties): string => {
  const names = Object.keys(properties)
  const given = names.slice(0, mostNames).map((name) => (name.length > 40 ? `${name.slice(0, 37)}...` : name))
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ""
  const shown = "at least one visible property, such as content, name or photo"
  return names.length === 0 ? shown : `${shown}; ${given.join(", ")}${more} cannot be shown`
}

const timeForm = "an ISO 8601 date, or date and time, such as 2026-11-23T19:00:00+01:00"

const publishedOf = (properties: Properties, zone: TimeZone): Either.Either<Moment | undefined, MicropubMalformed> => {
  const [given] = textsOf(properties, "published")
  if (given === undefined) return Either.right(undefined)
  return Either.fromOption(
    parseMoment(given, zone),
    () =>
      new MicropubMalformed({
        part: "properties.published",
        expected: timeForm
      })
  )
}

/** Supported types of posts. */
const types = ["h-entry", "h-event", "h-review"] as const

const isTime = (text: string) => Option.isSome(parseMoment(text, utc))

/** The start and end of an event have to be times. */
const expectTimes = (properties: Properties): Either.Either<void, MicropubMalformed> => {
  const wrong = ["start", "end"].find((name) => !textsOf(properties, name).every(isTime))
  return wrong === undefined ? Either.void : malformed(`properties.${wrong}`, timeForm)
}

/** An RSVP needs the address of its invitation. */
const expectInvitation = (properties: Properties): Either.Either<void, MicropubMalformed> =>
  valuesOf(properties, "rsvp").length > 0 && valuesOf(properties, "in-reply-to").length === 0
    ? malformed("properties.in-reply-to", "the URL of the event, because `rsvp` replies to an invitation")
    : Either.void

/** The channel of a request; `undefined` for others than those of the site, which are ignored as unknown commands are. */
const channelOf = (received: Properties) =>
  Object.values(channelNames).find((name) => name === textsOf(received, channelCommand)[0]?.trim())

/** A post in the channel of pages is a page; without a channel, its properties say what it is. */
const inChannel = (properties: Properties, channel: string | undefined): Properties => {
  if (channel === undefined || (channel === channelNames.pages) === isPage({ properties })) return properties
  const others = without(properties, (name) => name === postTypeProperty)
  return channel === channelNames.pages ? { ...others, [postTypeProperty]: ["page"] } : others
}

/**
 * Decodes a post from its type and its properties, commands (`mp-*`) included: a new post, or the result of a change.
 * Times without a zone are in `zone`, the site's.
 */
export const decodePost = (type: string, given: unknown, zone: TimeZone = utc): Either.Either<NewPost, CreateFailure> =>
  Either.gen(function* () {
    if (!types.some((known) => known === type)) {
      return yield* Either.left(new MicropubUnsupported({ what: "type", given: type, supported: [...types] }))
    }
    // Before blank values are removed, because their position matters: each description belongs to the value at its
    // position.
    const received = yield* decodeProperties(isObject(given) ? withAlts(given) : given)
    const kept = without(received, (name) => isCommand(name) || decisions.has(name))
    const properties = inChannel(kept, channelOf(received))
    yield* expectInvitation(properties)
    if (showsNothing({ type, properties })) return yield* malformed("properties", somethingToShow(properties))
    if (type === "h-event") yield* expectTimes(properties)
    const published = yield* publishedOf(properties, zone)
    const wishedSlug = textsOf(received, "mp-slug")[0]
    return {
      type,
      properties,
      status: yield* oneOf(received, "post-status", PostStatus.literals),
      visibility: yield* oneOf(received, "visibility", Visibility.literals),
      ...(published === undefined ? {} : { publishedAt: published.at }),
      ...(published?.offset === undefined ? {} : { publishedOffset: published.offset }),
      ...(wishedSlug === undefined ? {} : { wishedSlug })
    }
  })

/**
 * Decodes a post from microformats2 JSON, `{"type": ["h-entry"], "properties": {…}}`; without a type it is an entry.
 * Accepts single values in place of lists, as clients send them.
 */
export const decodeCreateJson = (body: unknown, zone: TimeZone = utc): Either.Either<NewPost, CreateFailure> => {
  if (!isObject(body)) return malformed("body", 'an object, such as {"type": ["h-entry"], "properties": {…}}')
  const [type = types[0]] = listIn(body, "type")
  if (typeof type !== "string") return malformed("type", 'a list, such as ["h-entry"]')
  return decodePost(type.trim(), Object.hasOwn(body, "properties") ? body.properties : undefined, zone)
}

/** Decodes a post from form fields in order, with its type in `h`, and from uploaded files. */
export const decodeCreateForm = (
  fields: FormFields,
  files: ReadonlyArray<ReceivedFile> = [],
  zone: TimeZone = utc
): Either.Either<NewPost, CreateFailure> =>
  Either.flatMap(formProperties(fields, files), (given) => {
    const [kind] = listIn(given, "h")
    const [named] = listIn(given, "type")
    const hasType = typeof named === "string" && /^h-/.test(named.trim())
    const type = typeof kind === "string" && kind.trim() !== "" ? `h-${kind.trim()}` : hasType ? named.trim() : types[0]
    const isAboutRequest = (name: string) => requestFields.has(name) || (name === "type" && hasType)
    return decodePost(type, Object.fromEntries(Object.entries(given).filter(([name]) => !isAboutRequest(name))), zone)
  })

const publishedText = ({ publishedAt: at, publishedOffset }: Post, zone: TimeZone): string => {
  const offset = publishedOffset ?? zone.offsetAt(at)
  return formatRfc3339(at, offset) ?? formatMoment({ at, offset })
}

/**
 * A post's properties as a client reads them (`q=source`): those that it sent, and the site's own fields (`published`
 * if the client sent none, in `zone`; `post-status`; `visibility`).
 */
export const sourceProperties = (post: Post, zone: TimeZone = utc): Properties => ({
  ...post.properties,
  published: Object.hasOwn(post.properties, "published")
    ? (post.properties.published ?? [])
    : [publishedText(post, zone)],
  "post-status": [post.status],
  visibility: [post.visibility]
})
