import { Clock, Effect, Schema } from "effect"
import { type AccessToken, appOf } from "../../domain/indieauth/AccessToken.js"
import { channelCommand, channelNames } from "../../domain/micropub/Channel.js"
import { sourceProperties } from "../../domain/micropub/MicropubCreate.js"
import { type Properties, valuesOf } from "../../domain/posts/Microformats.js"
import { withHost } from "../../domain/posts/OwnAddress.js"
import { permalink } from "../../domain/posts/Permalink.js"
import { type Post, Visibility } from "../../domain/posts/Post.js"
import { CursorText } from "../../domain/posts/PostCursor.js"
import { permits, scopesFor, standingOf } from "../../domain/posts/PostRights.js"
import { foldTag } from "../../domain/posts/Tag.js"
import { ParameterInvalid } from "../../errors/Address.js"
import { PostDeleted, PostUnknown } from "../../errors/Micropub.js"
import type { Cursor, PostFilter, PostRange, Posts } from "../../services/Posts.js"
import type { SiteAddresses } from "../../services/SiteAddresses.js"
import type { Scene } from "./Outcome.js"
import { type Parameters, wholeNumber } from "./Parameters.js"
import { postAt } from "./PostAddress.js"

const defaultLimit = 20
const maxLimit = 100
const maxOffset = 1_000_000

/** Only these properties, if the post has them; all if none is named. */
const only = (properties: Properties, names: ReadonlyArray<string>): Properties =>
  names.length === 0
    ? properties
    : Object.fromEntries(
        names.map((name) => [name, valuesOf(properties, name)] as const).filter(([, values]) => values.length > 0)
      )

const encodeCursor = Schema.encodeSync(CursorText)
const decodeCursor = Schema.decodeUnknownOption(CursorText)

const cursor = (name: string, text: string): Effect.Effect<Cursor, ParameterInvalid> =>
  Effect.mapError(
    decodeCursor(text),
    () => new ParameterInvalid({ name, expected: "a value from `paging` of an earlier response" })
  )

/** Reads paging parameters: in Micropub, `after` means further down the list, which is older here. */
const rangeOf = (parameters: Parameters): Effect.Effect<PostRange, ParameterInvalid> =>
  Effect.gen(function* () {
    const after = parameters.first("after")
    const before = parameters.first("before")
    if (before !== undefined && after !== undefined) {
      return yield* new ParameterInvalid({ name: "after", expected: "either `before` or `after`, not both" })
    }
    return {
      limit: yield* wholeNumber(parameters, "limit", { fallback: defaultLimit, least: 1, most: maxLimit }),
      offset: yield* wholeNumber(parameters, "offset", { fallback: 0, least: 0, most: maxOffset }),
      ...(after === undefined ? {} : { before: yield* cursor("after", after) }),
      ...(before === undefined ? {} : { after: yield* cursor("before", before) })
    }
  })

const states = ["published", "draft", "scheduled"] as const

const choice = <A extends string>(
  parameters: Parameters,
  name: string,
  choices: ReadonlyArray<A>
): Effect.Effect<A | undefined, ParameterInvalid> => {
  const given = parameters.first(name)?.trim().toLowerCase()
  const chosen = choices.find((candidate) => candidate === given)
  return given === undefined || chosen !== undefined
    ? Effect.succeed(chosen)
    : Effect.fail(new ParameterInvalid({ name, expected: `one of ${choices.join(", ")}` }))
}

/** Reads the filter: `post-status`, `visibility`, `category`, `mp-channel` and words in `filter` (micro.blog). */
const filterOf = (parameters: Parameters): Effect.Effect<PostFilter, ParameterInvalid> =>
  Effect.gen(function* () {
    const state = yield* choice(parameters, "post-status", states)
    const visibility = yield* choice(parameters, "visibility", Visibility.literals)
    const text = parameters.first("filter")
    const tag = foldTag(parameters.first("category") ?? "")
    const channel = yield* choice(parameters, channelCommand, Object.values(channelNames))
    return {
      ...(channel !== undefined && { isPage: channel === channelNames.pages }),
      ...(state !== undefined && { state }),
      ...(visibility !== undefined && { visibility }),
      ...(text !== undefined && { text }),
      ...(tag !== "" && { tag })
    }
  })

/**
 * `q=source`. With `url`: that post's `type` and `properties`, or only those of `properties[]`. Without: a page of
 * posts that are not deleted, newest first, each with its `url`, by `limit` and `offset`, or by `after` and `before`
 * from the response's `paging`. A `limit` above 100 is 100. `post-status`, `visibility`, `category` and `filter` narrow
 * the list. A post that the token may not read counts as missing.
 */
export const source = (posts: Posts["Type"], addresses: SiteAddresses["Type"], { siteUrl, zone }: Scene) => {
  const find = postAt(posts, addresses)
  const propertiesOf = (post: Post) => withHost(sourceProperties(post, zone), siteUrl)

  const one = Effect.fnUntraced(function* (token: AccessToken, url: string, names: ReadonlyArray<string>) {
    const post = yield* find(url)
    const { deletedAt, ...kept } = post
    const standing = standingOf(kept, yield* Clock.currentTimeMillis)
    if (!permits(token.scopes, scopesFor("read", standing, post.postedBy === appOf(token)))) {
      return yield* new PostUnknown()
    }
    if (deletedAt !== undefined) return yield* new PostDeleted()
    const properties = only(propertiesOf(post), names)
    return names.length > 0 ? { properties } : { type: [post.type], properties }
  })

  const list = Effect.fnUntraced(function* (
    token: AccessToken,
    filter: PostFilter,
    range: PostRange,
    names: ReadonlyArray<string>
  ) {
    const mayReadAll = permits(token.scopes, scopesFor("list", "private"))
    const page = yield* posts.listOwned({ ...filter, ...(!mayReadAll && { readableBy: appOf(token) }) }, range)
    const first = page.posts[0]
    const last = page.posts.at(-1)
    return {
      items: page.posts.map((post) => ({
        type: [post.type],
        properties: { ...only(propertiesOf(post), names), url: [permalink(siteUrl, post)] }
      })),
      paging: {
        ...(page.hasOlder && last !== undefined && { after: encodeCursor(last) }),
        ...(page.hasNewer && first !== undefined && { before: encodeCursor(first) })
      }
    }
  })

  return Effect.fnUntraced(function* (token: AccessToken, parameters: Parameters) {
    const url = parameters.first("url")
    const names = parameters.all("properties")
    return yield* url === undefined
      ? list(token, yield* filterOf(parameters), yield* rangeOf(parameters), names)
      : one(token, url, names)
  })
}
