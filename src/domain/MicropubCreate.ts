import { Either } from "effect"
import { MicropubMalformed, MicropubUnsupported } from "../errors/failure/Micropub.js"
import { formatInstant, parseInstant } from "./Instant.js"
import { decodeProperties, isObject, type Properties, textsOf } from "./Microformats.js"
import { type NewPost, type Post, PostStatus, Visibility } from "./Post.js"

/** Why something is not a post that can be stored. */
export type CreateFailure = MicropubMalformed | MicropubUnsupported

/** What a request says about itself rather than about the post (W3C Micropub §3.2); `mp-*` names are commands as well. */
const requestFields: ReadonlySet<string> = new Set(["h", "q", "action", "url", "access_token"])

/** Properties that the site keeps as its own decision about a post. */
const decisions: ReadonlySet<string> = new Set(["post-status", "visibility"])

/** Properties that say something about a post without being one. */
const descriptive: ReadonlySet<string> = new Set(["published", "updated", "category", "author"])

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

const without = (properties: Properties, isLeftOut: (name: string) => boolean): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !isLeftOut(name)))

const oneOf = <A extends string>(
  properties: Properties,
  name: string,
  choices: readonly [A, ...ReadonlyArray<A>]
): Either.Either<A, MicropubMalformed> => {
  const given = textsOf(properties, name)[0]?.trim().toLowerCase()
  const choice = given === undefined ? choices[0] : choices.find((candidate) => candidate === given)
  return choice === undefined ? malformed(`properties.${name}`, `one of ${choices.join(", ")}`) : Either.right(choice)
}

const publishedAt = (properties: Properties): Either.Either<number | undefined, MicropubMalformed> => {
  const [given] = textsOf(properties, "published")
  if (given === undefined) return Either.right(undefined)
  return Either.fromOption(
    parseInstant(given),
    () =>
      new MicropubMalformed({
        part: "properties.published",
        expected: "an ISO 8601 date and time, such as 2026-11-23T19:00:00+01:00, or a date"
      })
  )
}

const entryType = "h-entry"

const newPost = (type: string, given: unknown): Either.Either<NewPost, CreateFailure> =>
  Either.gen(function* () {
    if (type !== entryType) return yield* Either.left(new MicropubUnsupported({ what: "type", supported: [entryType] }))
    const received = yield* decodeProperties(given)
    const properties = without(
      received,
      (name) => requestFields.has(name) || name.startsWith("mp-") || decisions.has(name)
    )
    if (Object.keys(properties).every((name) => descriptive.has(name))) {
      return yield* malformed("properties", "at least one thing to post, such as content, name or photo")
    }
    const published = yield* publishedAt(properties)
    const wishedSlug = textsOf(received, "mp-slug")[0]
    return {
      type,
      properties,
      status: yield* oneOf(received, "post-status", PostStatus.literals),
      visibility: yield* oneOf(received, "visibility", Visibility.literals),
      ...(published === undefined ? {} : { publishedAt: published }),
      ...(wishedSlug === undefined ? {} : { wishedSlug })
    }
  })

/** Decodes a post from microformats2 JSON, `{"type": ["h-entry"], "properties": {…}}`; without a type it is an entry. */
export const decodeCreateJson = (body: unknown): Either.Either<NewPost, CreateFailure> => {
  if (!isObject(body)) return malformed("body", 'an object, such as {"type": ["h-entry"], "properties": {…}}')
  const type = Object.hasOwn(body, "type") ? body.type : [entryType]
  if (!Array.isArray(type) || typeof type[0] !== "string") return malformed("type", 'a list, such as ["h-entry"]')
  return newPost(type[0], Object.hasOwn(body, "properties") ? body.properties : undefined)
}

/** A form's fields in the order in which they came, each with its values. */
export type FormFields = Iterable<readonly [string, ReadonlyArray<string>]>

/** `name`, `name[]`, `name[0]` (one more value of a list) or `name[key]` (a member of an object). */
const fieldName = /^(?<name>[^[\]]+)(?:\[(?<key>[^[\]]*)\])?$/

/** Gathers form fields as JSON has them: each name a list of its values, `content[html]` and its like as one object. */
const formProperties = (fields: FormFields): Record<string, ReadonlyArray<unknown>> => {
  const lists = new Map<string, Array<unknown>>()
  const members = new Map<string, Map<string, string>>()
  for (const [field, values] of fields) {
    const { key = "", name = field } = fieldName.exec(field)?.groups ?? {}
    const list = lists.get(name) ?? []
    lists.set(name, list)
    if (/^\d*$/.test(key)) list.push(...values)
    else members.set(name, (members.get(name) ?? new Map()).set(key, values[0] ?? ""))
  }
  for (const [name, object] of members) lists.get(name)?.push(Object.fromEntries(object))
  return Object.fromEntries(lists)
}

/** Decodes a post from form fields in their order; names with and without brackets, `h` as its type. */
export const decodeCreateForm = (fields: FormFields): Either.Either<NewPost, CreateFailure> => {
  const given = formProperties(fields)
  const kind = Object.hasOwn(given, "h") ? given.h?.[0] : undefined
  return newPost(typeof kind === "string" && kind.trim() !== "" ? `h-${kind.trim()}` : entryType, given)
}

/**
 * A post's properties as a client may read and edit them (`q=source`): what came in, together with what the site decided
 * (`published` where the client named none, `post-status`, `visibility`).
 */
export const sourceProperties = (post: Post): Properties => ({
  ...post.properties,
  published: Object.hasOwn(post.properties, "published")
    ? (post.properties.published ?? [])
    : [formatInstant(post.publishedAt)],
  "post-status": [post.status],
  visibility: [post.visibility]
})
