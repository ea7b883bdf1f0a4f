import { HttpServerRequest } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import type { Post } from "../../domain/posts/Post.js"
import { foldTag } from "../../domain/posts/Tag.js"
import { ParameterInvalid } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { PostViews } from "../../services/PostViews.js"
import { SecureRandom } from "../../services/SecureRandom.js"
import { pageRange } from "../blog/PageCursor.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { newerRelease } from "../updates/NewerRelease.js"
import { remindsOfPasskey } from "./PasskeyReminder.js"
import { type ListQuery, PostListPage } from "./PostList.js"

/** Number of posts on one page of the list. */
const pageSize = 30

/** Maximum length of a search in characters. */
const searchedLength = 200

const StateFilter = Schema.Literal("all", "published", "draft", "scheduled", "deleted")

const listQuery: Effect.Effect<ListQuery, ParameterInvalid, HttpServerRequest.ParsedSearchParams> = Effect.flatMap(
  HttpServerRequest.ParsedSearchParams,
  (given) => {
    const first = (name: string) => [given[name] ?? []].flat()[0] ?? ""
    return Effect.mapBoth(Schema.decodeUnknown(StateFilter)(first("state") || "all"), {
      onFailure: () => new ParameterInvalid({ name: "state", expected: StateFilter.literals.join(", ") }),
      onSuccess: (state) => ({ state, text: first("q").trim().slice(0, searchedLength), tag: foldTag(first("tag")) })
    })
  }
)

const PostId = Schema.NumberFromString.pipe(Schema.int(), Schema.positive())

/** What the address says of a post that was removed for good: numbers of its files. */
const justErased = Effect.map(HttpServerRequest.ParsedSearchParams, ({ erased, left }) => {
  const number = (text: unknown) => (typeof text === "string" && /^\d{1,4}$/.test(text) ? Number(text) : 0)
  return erased === undefined ? undefined : { files: number(erased), left: number(left) }
})

/** Scheduled posts are read from the next one on, in the order of their time. */
const fromTheNext = { after: { publishedAt: 0, id: 0 } }

/** The list of the owner's posts. */
export const listing = Effect.gen(function* () {
  const posts = yield* Posts
  const views = yield* PostViews
  const newer = yield* newerRelease
  const reminds = yield* remindsOfPasskey

  const newKey = (yield* SecureRandom).hex(8)

  /** The post that a parameter of the address names, deleted or not. */
  const named = (parameter: "deleted" | "posted") =>
    Effect.gen(function* () {
      const given = yield* HttpServerRequest.ParsedSearchParams
      const id = Schema.decodeUnknownOption(PostId)(given[parameter])
      const post = Option.isNone(id) ? Option.none() : yield* posts.byId(id.value)
      const isMeant = ({ deletedAt }: Post) => (deletedAt !== undefined) === (parameter === "deleted")
      return Option.getOrUndefined(Option.filter(post, isMeant))
    })

  return Effect.gen(function* () {
    const query = yield* listQuery
    const range = yield* pageRange
    const { state, tag, text } = query
    const filter = { state, ...(text !== "" && { text }), ...(tag !== "" && { tag }) }
    const isFirst = range.before === undefined && range.after === undefined
    const from = state === "scheduled" && isFirst ? fromTheNext : range
    const page = yield* posts.overviewOwned(filter, { ...from, limit: pageSize })
    const counts = yield* posts.counts
    const formKey = yield* newKey
    const now = yield* Clock.currentTimeMillis
    const about = yield* site
    const ids = page.posts.map(({ id }) => id)
    return adminResponse(
      <PostListPage
        {...{ counts, formKey, now, page, query, range }}
        deleted={yield* named("deleted")}
        posted={yield* named("posted")}
        erased={yield* justErased}
        remindsOfPasskey={yield* reminds}
        site={about}
        newer={Option.getOrUndefined(yield* newer)}
        views={about.countsViews ? yield* views.totals(ids) : undefined}
      />
    )
  })
})
