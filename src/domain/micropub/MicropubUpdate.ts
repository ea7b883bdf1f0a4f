import { Either } from "effect"
import { MicropubMalformed, PostDeleted } from "../../errors/failure/Micropub.js"
import { listIn } from "../posts/MediaAlt.js"
import {
  decodeLists,
  isObject,
  isSameValue,
  limits,
  type NamedValues,
  type PropertyValue
} from "../posts/Microformats.js"
import { type OwnHosts, valueWithoutHost } from "../posts/OwnAddress.js"
import type { NewPost, Post } from "../posts/Post.js"
import { type TimeZone, utc } from "../TimeZone.js"
import { type CreateFailure, decodePost } from "./MicropubCreate.js"

/** What a client wants changed (W3C Micropub §3.4): first what is replaced, then what is added, then what is deleted. */
export interface Update {
  readonly replace: ReadonlyArray<NamedValues>
  readonly add: ReadonlyArray<NamedValues>
  /** Values to take out; without values, the whole property. */
  readonly delete: ReadonlyArray<readonly [name: string, values?: ReadonlyArray<PropertyValue>]>
}

/** Why a post cannot be changed as it was asked for. */
export type UpdateFailure = CreateFailure | PostDeleted

const operations = ["replace", "add", "delete"] as const
type Operation = (typeof operations)[number]

/** What else an update may say; commands (`mp-*`) that nobody knows are passed over, as §3.2 asks. */
const aside: ReadonlySet<string> = new Set(["action", "url", "type", "access_token", ...operations])

/** Of these a post always has exactly one. */
const single: ReadonlySet<string> = new Set(["post-status", "visibility"])

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

/** The one command that changes a post; the others are not properties and cannot be changed. */
const slugCommand = "mp-slug"

const expectProperty = (part: string, name: string): Either.Either<void, MicropubMalformed> =>
  name.startsWith("mp-") && !(name === slugCommand && !part.startsWith("delete"))
    ? malformed(part, "properties of the post: commands (mp-…) cannot be changed")
    : Either.void

/**
 * Whether a client says nothing of a property: by nulls, or by a blank for what cannot be blank, as forms with an empty
 * choice send it.
 */
const isSilent = (input: unknown, name: string): boolean => {
  const values = isObject(input) ? listIn(input, name) : []
  const isNothing = (value: unknown) =>
    value === null || (single.has(name) && typeof value === "string" && value.trim() === "")
  return values.length > 0 && values.every(isNothing)
}

const lists = (operation: Operation, input: unknown): Either.Either<ReadonlyArray<NamedValues>, MicropubMalformed> =>
  Either.gen(function* () {
    // An empty object, as PHP writes it.
    if (Array.isArray(input) && input.length === 0) return []
    const decoded = yield* decodeLists(input, { part: operation, ruled: operation !== "delete" })
    const meant = decoded.filter(([name]) => !isSilent(input, name))
    for (const [name, values] of meant) {
      const part = `${operation}.${name}`
      yield* expectProperty(part, name)
      const leavesNone = operation === "delete" || (operation === "replace" && values.length === 0)
      if (leavesNone && single.has(name)) yield* malformed(part, "another value under `replace`: a post always has one")
    }
    return meant
  })

const names = (input: ReadonlyArray<unknown>): Either.Either<ReadonlyArray<readonly [string]>, MicropubMalformed> =>
  Either.gen(function* () {
    if (input.length > limits.properties) return yield* malformed("delete", `at most ${limits.properties} properties`)
    const decoded: Array<readonly [string]> = []
    for (const name of input) {
      if (typeof name !== "string") return yield* malformed("delete", 'names of properties, such as ["category"]')
      yield* expectProperty(`delete.${name}`, name)
      if (single.has(name)) {
        yield* malformed(`delete.${name}`, "another value under `replace`: a post always has one")
      }
      decoded.push([name])
    }
    return decoded
  })

/** Decodes the operations of an update. Each must be an object of lists; `delete` may also be a list of names. */
export const decodeUpdate = (body: { readonly [key: string]: unknown }): Either.Either<Update, MicropubMalformed> =>
  Either.gen(function* () {
    const unknown = Object.keys(body).find((key) => !aside.has(key) && !key.startsWith("mp-"))
    if (unknown !== undefined) yield* malformed(unknown, `only ${operations.join(", ")}, beside action and url`)
    const given = (name: Operation) => (Object.hasOwn(body, name) ? body[name] : undefined)
    if (operations.every((name) => given(name) === undefined)) {
      yield* malformed(
        "replace, add, delete",
        "at least one of them, as an object of properties whose values are lists"
      )
    }
    const of = (name: Operation) => (given(name) === undefined ? Either.right([]) : lists(name, given(name)))
    const deleted = given("delete")
    if (deleted !== undefined && !Array.isArray(deleted) && !isObject(deleted)) {
      yield* malformed("delete", "an object of properties, or a list of their names")
    }
    return {
      replace: yield* of("replace"),
      add: yield* of("add"),
      delete: Array.isArray(deleted) ? yield* names(deleted) : yield* of("delete")
    }
  })

/** The same update with every address of this site as a path on it, as posts hold them. */
export const updateWithoutHost = (update: Update, own: OwnHosts): Update => {
  const shortened = ([name, values]: NamedValues): NamedValues => [
    name,
    values.map((value) => valueWithoutHost(value, name, own))
  ]
  return {
    replace: update.replace.map(shortened),
    add: update.add.map(shortened),
    delete: update.delete.map(([name, values]) => (values === undefined ? [name] : shortened([name, values])))
  }
}

const has = (values: ReadonlyArray<PropertyValue>, value: PropertyValue) =>
  values.some((known) => isSameValue(known, value))

/**
 * The post that an update makes of a post. What it leaves is held to the same as a new post is. Values that are there
 * already are not added again, and what is not there is deleted without ado, so that an update may be repeated. A time
 * that the update leaves alone stays as it was read, whatever the site's time `zone` is by now.
 */
export const updatedPost = (post: Post, update: Update, zone: TimeZone = utc): Either.Either<NewPost, UpdateFailure> =>
  Either.gen(function* () {
    if (post.deletedAt !== undefined) return yield* Either.left(new PostDeleted())
    const properties = new Map<string, ReadonlyArray<PropertyValue>>([
      ...Object.entries(post.properties),
      ["post-status", [post.status]],
      ["visibility", [post.visibility]]
    ])
    const valuesOf = (name: string) => properties.get(name) ?? []
    for (const [name, values] of update.replace) properties.set(name, values)
    for (const [name, values] of update.add) {
      const news = values.filter((value, index) => !has([...valuesOf(name), ...values.slice(0, index)], value))
      const isOneOnly = single.has(name) || name === "published"
      if (isOneOnly && news.length > 0 && valuesOf(name).length > 0) {
        return yield* malformed(`add.${name}`, "the new value under `replace`: a post has only one")
      }
      properties.set(name, [...valuesOf(name), ...news])
    }
    for (const [name, values] of update.delete) {
      properties.set(name, values === undefined ? [] : valuesOf(name).filter((value) => !has(values, value)))
    }
    const { publishedAt, publishedOffset, ...after } = yield* decodePost(
      post.type,
      Object.fromEntries(properties),
      zone
    )
    const isTimeKept = isSameValue(valuesOf("published"), post.properties.published ?? [])
    const time = isTimeKept && publishedAt !== undefined ? post : { publishedAt, publishedOffset }
    return {
      ...after,
      ...(time.publishedAt !== undefined && { publishedAt: time.publishedAt }),
      ...(time.publishedOffset !== undefined && { publishedOffset: time.publishedOffset })
    }
  })
