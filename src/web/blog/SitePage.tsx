import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import type { JSX } from "preact"
import { pathOf } from "../../domain/posts/Permalink.js"
import { isForVisitors, type Post } from "../../domain/posts/Post.js"
import { beginningOf } from "../../domain/posts/Shown.js"
import { Slug } from "../../domain/posts/Slug.js"
import { PostGone } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { FullPage } from "../theme/Entry.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import { OnlyYou } from "../theme/OwnerBar.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"
import { socialOf } from "../theme/Social.js"
import { elsewhere } from "./Elsewhere.js"
import { mayOpen } from "./PostAccess.js"
import { postAnswer } from "./PostAnswer.js"

/** Pages of the site at addresses of one segment, such as `/about`, and redirects from where a post has been one. */
export const sitePage = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const movedHere = yield* elsewhere

    yield* routes.add(
      publicPage,
      "GET",
      "/:page",
      Effect.gen(function* () {
        const segment = (yield* HttpLayerRouter.params).page
        const slug = Schema.decodeUnknownOption(Slug)(segment)
        const found = Option.isNone(slug) ? Option.none<Post>() : yield* posts.bySlug(slug.value)
        const now = yield* Clock.currentTimeMillis
        const about = yield* site
        const post = Option.getOrUndefined(Option.filter(found, (one) => mayOpen(one, about, now)))
        const path = post === undefined ? undefined : pathOf(post)
        if (post !== undefined && path === `/${segment}`) {
          if (post.deletedAt !== undefined) return yield* new PostGone()
          return yield* postAnswer(post, about, pageResponse(<PageOfSite post={post} site={about} now={now} />))
        }
        // An address of the imported site takes precedence over a post with the same name.
        return yield* Effect.catchTag(movedHere, "PageNotFound", (nothing) =>
          path === undefined || post?.deletedAt !== undefined
            ? nothing
            : Effect.succeed(HttpServerResponse.redirect(path, { status: 301 }))
        )
      })
    )
  })
)

interface PageProps {
  readonly now: number
  readonly post: Post
  readonly site: Site
}

const PageOfSite = ({ now, post, site }: PageProps): JSX.Element => {
  const entry = entryView(post, site)
  const description = entry.summary ?? beginningOf(post, 160)
  const title = captionOf(entry) ?? (beginningOf(post, 60) || entry.path)
  return (
    <Layout
      site={site}
      title={title}
      {...(description !== "" && { description })}
      canonical={entry.url}
      social={{ ...socialOf(entry, site, { heading: title, description }), type: "website" }}
      isUnlisted={post.visibility !== "public" || !isForVisitors(post, now)}
      post={post}
    >
      {site.isForOwner && <OnlyYou now={now} post={post} site={site} />}
      <FullPage entry={entry} site={site} heading={title} />
    </Layout>
  )
}
