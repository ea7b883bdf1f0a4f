import { Either } from "effect"
import { MicropubMalformed, PostDeleted } from "../../errors/Micropub.js"
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
import { channelCommand } from "./Channel.js"
import { type CreateFailure, decodePost } from "./MicropubCreate.js"

/** Operations of an update (W3C Micropub §3.4), in this order: replace, add, delete. */
export interface Update {
  readonly replace: ReadonlyArray<NamedValues>
  readonly add: ReadonlyArray<NamedValues>
  /** Values to delete; without values, the whole property. */
  readonly delete: ReadonlyArray<readonly [name: string, values?: ReadonlyArray<PropertyValue>]>
}

/** Why a post cannot be changed as requested. */
export type UpdateFailure = CreateFailure | PostDeleted

const operations = ["replace", "add", "delete"] as const
type Operation = (typeof operations)[number]

/** Other members of an update; unknown commands (`mp-*`) are ignored, as §3.2 requires. */
const aside: ReadonlySet<string> = new Set(["action", "url", "type", "access_token", ...operations])

/** Properties with exactly one value per post. */
const single: ReadonlySet<string> = new Set(["post-status", "visibility"])

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

/** The only commands that can change a post; other commands are not properties. */
const changing: ReadonlySet<string> = new Set(["mp-slug", channelCommand])

const expectProperty = (part: string, name: string): Either.Either<void, MicropubMalformed> =>
  name.startsWith("mp-") && !(changing.has(name) && !part.startsWith("delete"))
    ? malformed(part, "properties of the post, without commands (mp-…)")
    : Either.void

/**
 * Returns whether a client sends no value for a property: only nulls, or a blank for a property that cannot be blank,
 * as forms with an empty choice do.
 */
const isSilent = (input: unknown, name: string): boolean => {
  const values = isObject(input) ? listIn(input, name) : []
  const isNothing = (value: unknown) =>
    value === null || (single.has(name) && typeof value === "string" && value.trim() === "")
  return values.length > 0 && values.every(isNothing)
}

const lists = (operation: Operation, input: unknown): Either.Either<ReadonlyArray<NamedValues>, MicropubMalformed> =>
  Either.gen(function* () {
    // PHP encodes an empty object as an empty list.
    if (Array.isArray(input) && input.length === 0) return []
    const decoded = yield* decodeLists(input, { part: operation, ruled: operation !== "delete" })
    const meant = decoded.filter(([name]) => !isSilent(input, name))
    for (const [name, values] of meant) {
      const part = `${operation}.${name}`
      yield* expectProperty(part, name)
      const leavesNone = operation === "delete" || (operation === "replace" && values.length === 0)
      if (leavesNone && single.has(name)) yield* malformed(part, "another value under `replace`: a post must have one")
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
        yield* malformed(`delete.${name}`, "another value under `replace`: a post must have one")
      }
      decoded.push([name])
    }
    return decoded
  })

/** Decodes the operations of an update. Each must be an object of lists; `delete` may also be a list of names. */
export const decodeUpdate = (body: { readonly [key: string]: unknown }): Either.Either<Update, MicropubMalformed> =>
  Either.gen(function* () {
    const unknown = Object.keys(body).find((key) => !aside.has(key) && !key.startsWith("mp-"))
    if (unknown !== undefined) yield* malformed(unknown, `only ${operations.join(", ")}, action and url`)
    const given = (name: Operation) => (Object.hasOwn(body, name) ? body[name] : undefined)
    if (operations.every((name) => given(name) === undefined)) {
      yield* malformed("replace, add, delete", "at least one of these, as an object of properties with lists of values")
    }
    const of = (name: Operation) => (given(name) === undefined ? Either.right([]) : lists(name, given(name)))
    const deleted = given("delete")
    if (deleted !== undefined && !Array.isArray(deleted) && !isObject(deleted)) {
      yield* malformed("delete", "an object of properties, or a list of property names")
    }
    return {
      replace: yield* of("replace"),
      add: yield* of("add"),
      delete: Array.isArray(deleted) ? yield* names(deleted) : yield* of("delete")
    }
  })

/** Converts addresses of this site in an update to paths, as posts store them. */
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
 * Applies an update to a post. The result has to be as valid as a new post. Existing values are not added again, and
 * missing ones may be deleted, so an update can be repeated. A time that the update does not change keeps its instant,
 * even if the site's time `zone` has changed.
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
        return yield* malformed(`add.${name}`, "the new value under `replace`: a post has exactly one")
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
