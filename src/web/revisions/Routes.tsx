import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Either, Layer, Option, Schema } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { EditConflict } from "../../errors/Editor.js"
import { PostRevisions } from "../../services/PostRevisions.js"
import { Posts } from "../../services/Posts.js"
import { postOfPath } from "../editor/PostOfPath.js"
import * as Body from "../http/Body.js"
import { OwnerAuth, ownersBrowser } from "../http/OwnerAuth.js"
import { ownerForm, ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { differencesOf } from "./Differences.js"
import { RevisionPage, RevisionsPage } from "./RevisionPages.js"

const RevisionId = Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, Number.MAX_SAFE_INTEGER))

const pages = Routes.use((routes) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const revisions = yield* PostRevisions

    const revisionOfPath = Effect.gen(function* () {
      const post = yield* postOfPath(posts)
      const { revision: given } = yield* HttpLayerRouter.params
      const id = Schema.decodeUnknownOption(RevisionId)(given)
      const revision = Option.isNone(id) ? Option.none() : yield* revisions.byId(post.id, id.value)
      return Option.isSome(revision) ? { post, revision: revision.value } : yield* new PageNotFound()
    })

    const list = Effect.gen(function* () {
      const post = yield* postOfPath(posts)
      const isRestored = "restored" in (yield* HttpServerRequest.ParsedSearchParams)
      return adminResponse(
        <RevisionsPage
          isRestored={isRestored}
          post={post}
          revisions={yield* revisions.of(post.id)}
          site={yield* site}
        />
      )
    })

    const show = Effect.gen(function* () {
      const found = yield* revisionOfPath
      return adminResponse(<RevisionPage {...found} differences={differencesOf(found.revision)} site={yield* site} />)
    })

    /** Restores text and properties; a draft stays a draft, and a published post stays where it is. */
    const restore = Effect.gen(function* () {
      const { post, revision } = yield* revisionOfPath
      const basedOn = (yield* Body.form()).get("based_on")?.[0]
      const { properties, type } = revision.before
      yield* posts.update(
        post.id,
        (current) => {
          const isCurrent = String(current.updatedAt) === basedOn && current.deletedAt === undefined
          if (!isCurrent) return Either.left(new EditConflict())
          const { publishedAt, publishedOffset, status, visibility } = current
          const time = { publishedAt, ...(publishedOffset !== undefined && { publishedOffset }) }
          return Either.right({ type, properties, status, visibility, ...time })
        },
        yield* ownersBrowser
      )
      return HttpServerResponse.redirect(`/admin/posts/${post.id}/revisions?restored`, { status: 303 })
    }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound()))

    yield* routes.add(ownerPage, "GET", "/admin/posts/:id/revisions", list)
    yield* routes.add(ownerPage, "GET", "/admin/posts/:id/revisions/:revision", show)
    yield* routes.add(ownerForm, "POST", "/admin/posts/:id/revisions/:revision", restore)
  })
)

/** Former states of posts: when and by whom each was replaced, what changed, and how to restore it. For the owner only. */
export const routes = pages.pipe(Layer.provide(OwnerAuth))
