import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Option, Redacted } from "effect"
import { draftPath } from "../../domain/posts/DraftPath.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import { isForVisitors } from "../../domain/posts/Post.js"
import { DraftLinkEnded, PageNotFound } from "../../errors/Address.js"
import { DraftLinks } from "../../services/DraftLinks.js"
import { Posts } from "../../services/Posts.js"
import { postOfPath } from "../editor/PostOfPath.js"
import { stateOf } from "../editor/PostState.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage, secretPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { pageResponse } from "../theme/Page.js"
import { site } from "../theme/Site.js"
import { DraftPage } from "./DraftPage.js"
import { LinkPage, type LinkPageProps, linkPath } from "./LinkPage.js"

const forOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const links = yield* DraftLinks

    /** The post of the address, if it is not deleted: deleted posts have no link. */
    const post = Effect.filterOrFail(
      postOfPath(posts),
      ({ deletedAt }) => deletedAt === undefined,
      () => new PageNotFound()
    )

    const show = (more: Pick<LinkPageProps, "created" | "isEnded"> = {}) =>
      Effect.gen(function* () {
        const shown = yield* post
        const now = yield* Clock.currentTimeMillis
        const link = yield* links.of(shown.id)
        return adminResponse(<LinkPage post={shown} link={link} now={now} site={yield* site} {...more} />)
      })

    const create = Effect.gen(function* () {
      const { url } = yield* site
      const secret = yield* links.create((yield* post).id)
      return yield* show({ created: `${url}${draftPath}${Redacted.value(secret)}` })
      // It was published meanwhile, and its page says so.
    }).pipe(Effect.catchTag("PostUnknown", () => show()))

    const end = Effect.gen(function* () {
      const shown = yield* post
      yield* links.revoke(shown.id)
      return HttpServerResponse.redirect(`${linkPath(shown)}?ended`, { status: 303 })
    })

    const list = Effect.flatMap(HttpServerRequest.ParsedSearchParams, (given) => show({ isEnded: "ended" in given }))

    yield* routes.add(ownerPage, "GET", "/admin/posts/:id/link", list)
    yield* routes.add(ownerPage, "POST", "/admin/posts/:id/link", create)
    yield* routes.add(ownerPage, "POST", "/admin/posts/:id/link/end", end)
  })
)

/** 256 bits in base64url. */
const secretForm = /^[A-Za-z0-9_-]{43}$/

/**
 * `GET /drafts/{secret}`: the draft as it is now. Once the post is published, the link redirects to it. A link that has
 * ended gets the same response as one that never existed.
 */
const forReaders = Routes.use((routes) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const links = yield* DraftLinks
    yield* routes.add(
      secretPage,
      "GET",
      `${draftPath}:secret`,
      Effect.gen(function* () {
        const { secret = "" } = yield* HttpLayerRouter.params
        if (!secretForm.test(secret)) return yield* new PageNotFound()
        const link = yield* links.find(Redacted.make(secret))
        const post = Option.flatten(yield* Effect.transposeMapOption(link, (found) => posts.byId(found.post)))
        if (Option.isNone(post) || post.value.deletedAt !== undefined) return yield* new DraftLinkEnded()
        const now = yield* Clock.currentTimeMillis
        if (stateOf(post.value, now) !== "published") {
          return pageResponse(<DraftPage post={post.value} path={`${draftPath}${secret}`} site={yield* site} />)
        }
        if (!isForVisitors(post.value, now)) return yield* new DraftLinkEnded()
        return HttpServerResponse.redirect(pathOf(post.value), { status: 303 })
      })
    )
  })
)

/** Links to drafts: the owner's page that makes and ends them, and what their readers see. */
export const routes = Layer.merge(forOwner.pipe(Layer.provide(OwnerAuth)), forReaders)
