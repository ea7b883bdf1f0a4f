import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option, Schema } from "effect"
import type { JSX } from "preact"
import { kindPaths } from "../../domain/posts/KindList.js"
import { pathOf, permalinkPath } from "../../domain/posts/Permalink.js"
import { isForVisitors, type Post } from "../../domain/posts/Post.js"
import { kindOf } from "../../domain/posts/PostKind.js"
import { beginningOf } from "../../domain/posts/Shown.js"
import { Slug } from "../../domain/posts/Slug.js"
import { PageNotFound, PostGone } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { cardImage, cardOf } from "../theme/Card.js"
import { FullEntry } from "../theme/Entry.js"
import { captionOf, type EntryView, entryView } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import { OnlyYou } from "../theme/OwnerBar.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"
import { type PreviewImage, socialOf } from "../theme/Social.js"
import { elsewhere } from "./Elsewhere.js"
import { mayOpen } from "./PostAccess.js"
import { postAnswer } from "./PostAnswer.js"
import { NeighbourLinks, neighbourAddresses, neighboursOf, type PostNeighbours } from "./PostNeighbours.js"

const slugOfPath = Effect.flatMap(HttpLayerRouter.params, ({ slug }) =>
  Effect.mapError(Schema.decodeUnknown(Slug)(slug), () => new PageNotFound())
)

/** A post's page, and the redirect from its address in the original. */
export const permalink = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const movedHere = yield* elsewhere

    yield* routes.add(
      publicPage,
      "GET",
      "/notes/:slug",
      Effect.gen(function* () {
        const slug = yield* slugOfPath
        const post = yield* posts.bySlug(slug)
        const now = yield* Clock.currentTimeMillis
        const about = yield* site
        if (Option.isNone(post) || !mayOpen(post.value, about, now)) {
          return yield* new PageNotFound()
        }
        if (post.value.deletedAt !== undefined) return yield* new PostGone()
        const path = pathOf(post.value)
        if (path !== permalinkPath(slug)) return HttpServerResponse.redirect(path, { status: 301 })
        const around = yield* neighboursOf(posts, post.value)
        return yield* postAnswer(
          post.value,
          about,
          pageResponse(<PostPage post={post.value} around={around} site={about} now={now} />)
        )
      }).pipe(Effect.catchTag("PageNotFound", () => movedHere))
    )

    yield* routes.add(
      publicPage,
      "GET",
      "/note/:slug",
      Effect.map(slugOfPath, (slug) => HttpServerResponse.redirect(permalinkPath(slug), { status: 301 }))
    )
  })
)

interface PostPageProps {
  readonly now: number
  readonly post: Post
  readonly around: PostNeighbours
  readonly site: Site
}

const previewOf = (post: Post, entry: EntryView, site: Site): PreviewImage | undefined =>
  Option.getOrUndefined(Option.map(cardOf(post, entry, site), (card) => cardImage(card, site)))

const PostPage = ({ around, now, post, site }: PostPageProps): JSX.Element => {
  const entry = entryView(post, site)
  const kind = kindOf(post)
  const description = entry.summary ?? beginningOf(post, 160)
  const heading =
    captionOf(entry) ?? texts.blog.postOf({ day: site.formatDay(post.publishedAt, entry.publishedOffset) })
  const title = captionOf(entry) ?? (beginningOf(post, 60) || heading)
  return (
    <Layout
      site={site}
      title={title}
      social={socialOf(entry, site, { heading: title, description, card: previewOf(post, entry, site) })}
      {...(description !== "" && { description })}
      canonical={entry.url}
      isUnlisted={post.visibility !== "public" || !isForVisitors(post, now)}
      post={post}
      {...(kind !== "page" && { section: kindPaths[kind] })}
      {...neighbourAddresses(around, site)}
    >
      {site.isForOwner && <OnlyYou now={now} post={post} site={site} />}
      {/* A note has no title, so screen readers get a heading from its text. */}
      {entry.title === undefined && <h1 class="unseen">{heading}</h1>}
      <FullEntry entry={entry} site={site} />
      <NeighbourLinks {...around} site={site} />
    </Layout>
  )
}
