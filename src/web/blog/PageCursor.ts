import { HttpServerRequest } from "@effect/platform"
import { Effect, Schema } from "effect"
import { CursorText } from "../../domain/posts/PostCursor.js"
import { ParameterInvalid } from "../../errors/Address.js"
import type { Cursor, PostPage, PostRange } from "../../services/Posts.js"

const encode = Schema.encodeSync(CursorText)
const decode = Schema.decodeUnknown(CursorText)

/** The requested page of a list; empty for the first page. */
export type PageRange = Pick<PostRange, "before" | "after">

/** The page that `before` or `after` of a request names. Ignores other parameters. */
export const pageRange: Effect.Effect<PageRange, ParameterInvalid, HttpServerRequest.ParsedSearchParams> =
  Effect.flatMap(HttpServerRequest.ParsedSearchParams, ({ after, before }) => {
    if (before !== undefined && after !== undefined) {
      return new ParameterInvalid({ name: "after", expected: "either `before` or `after`, not both" })
    }
    if (before !== undefined) return Effect.map(cursor("before", before), (place) => ({ before: place }))
    if (after !== undefined) return Effect.map(cursor("after", after), (place) => ({ after: place }))
    return Effect.succeed({})
  })

const cursor = (name: string, value: unknown) =>
  Effect.mapError(
    decode(value),
    () => new ParameterInvalid({ name, expected: "a cursor from the links to newer and older pages" })
  )

/** Addresses of the neighbouring pages; absent if there is none. `list` is the first page's address. */
export const neighbours = (
  list: string,
  page: PostPage<Cursor>
): { readonly newer?: string; readonly older?: string } => {
  const first = page.posts[0]
  const last = page.posts.at(-1)
  return {
    ...(page.hasNewer && first !== undefined && { newer: `${list}?after=${encode(first)}` }),
    ...(page.hasOlder && last !== undefined && { older: `${list}?before=${encode(last)}` })
  }
}

/** The address of the current page. */
export const here = (list: string, range: PageRange): string => {
  if (range.before !== undefined) return `${list}?before=${encode(range.before)}`
  if (range.after !== undefined) return `${list}?after=${encode(range.after)}`
  return list
}
