import { HttpServerRequest } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import { foldTag } from "../../domain/posts/Tag.js"
import { ParameterInvalid } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { pageRange } from "../blog/PageCursor.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
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

const deletedId = Effect.map(HttpServerRequest.ParsedSearchParams, ({ deleted }) =>
  Schema.decodeUnknownOption(Schema.NumberFromString.pipe(Schema.int(), Schema.positive()))(deleted)
)

/** The list of the owner's posts. */
export const listing = Effect.gen(function* () {
  const posts = yield* Posts

  const justDeleted = Effect.gen(function* () {
    const id = yield* deletedId
    const post = Option.isNone(id) ? Option.none() : yield* posts.byId(id.value)
    return Option.getOrUndefined(Option.filter(post, ({ deletedAt }) => deletedAt !== undefined))
  })

  return Effect.gen(function* () {
    const query = yield* listQuery
    const range = yield* pageRange
    const { state, tag, text } = query
    const filter = { state, ...(text !== "" && { text }), ...(tag !== "" && { tag }) }
    const page = yield* posts.overviewOwned(filter, { ...range, limit: pageSize })
    const now = yield* Clock.currentTimeMillis
    return adminResponse(
      <PostListPage {...{ page, query, range, now }} deleted={yield* justDeleted} site={yield* site} />
    )
  })
})
