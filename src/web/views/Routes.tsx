import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Option } from "effect"
import { viewDayAt } from "../../domain/views/ViewDay.js"
import { viewsPath } from "../../domain/views/ViewsPath.js"
import { Posts } from "../../services/Posts.js"
import { PostViews } from "../../services/PostViews.js"
import { postOfPath } from "../editor/PostOfPath.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { barsOf, type Period, spanOf } from "./Bars.js"
import { ClearPage, PostViewsPage, ViewsPage } from "./ViewsPages.js"

/** Number of posts in the list. */
const listed = 30

const pages = Routes.use((routes) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const views = yield* PostViews

    /** What the address asks for: the period, its span and the bars of some counts. */
    const asked = Effect.gen(function* () {
      const about = yield* site
      const given = yield* HttpServerRequest.ParsedSearchParams
      const period: Period = given.by === "month" ? "months" : "days"
      const today = viewDayAt(yield* Clock.currentTimeMillis, about.zone)
      const span = spanOf(period, today)
      const bars = (post?: number) =>
        Effect.map(views.days(span, post), (counts) => barsOf(period, today, counts, about))
      return { about, bars, isCleared: "cleared" in given, period, span }
    })

    const all = Effect.gen(function* () {
      const { about, bars, isCleared, period, span } = yield* asked
      const viewed = yield* Effect.forEach(yield* views.most(span, listed), ({ count, post }) =>
        Effect.map(posts.byId(post), (found) => Option.toArray(Option.map(found, (each) => ({ post: each, count }))))
      )
      return adminResponse(
        <ViewsPage
          bars={yield* bars()}
          hasViews={yield* views.exist}
          isCleared={isCleared}
          period={period}
          posts={viewed.flat()}
          site={about}
        />
      )
    })

    const one = Effect.gen(function* () {
      const post = yield* postOfPath(posts)
      const { about, bars, period } = yield* asked
      const total = (yield* views.totals([post.id])).get(post.id) ?? 0
      return adminResponse(
        <PostViewsPage bars={yield* bars(post.id)} period={period} post={post} site={about} total={total} />
      )
    })

    yield* routes.add(ownerPage, "GET", viewsPath, all)
    yield* routes.add(ownerPage, "GET", "/admin/posts/:id/views", one)
    yield* routes.add(
      ownerPage,
      "GET",
      `${viewsPath}/clear`,
      Effect.map(site, (about) => adminResponse(<ClearPage site={about} />))
    )
    yield* routes.add(
      ownerPage,
      "POST",
      `${viewsPath}/clear`,
      Effect.as(views.clear, HttpServerResponse.redirect(`${viewsPath}?cleared`, { status: 303 }))
    )
  })
)

/** Numbers of views for the owner: of all posts and of one, over days and months; and their deletion. */
export const routes = pages.pipe(Layer.provide(OwnerAuth))
