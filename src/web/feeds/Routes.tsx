import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Array as Arr, Effect } from "effect"
import { kindPaths } from "../../domain/posts/KindList.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { tagsOf } from "../../domain/posts/Post.js"
import { kinds } from "../../domain/posts/PostKind.js"
import { foldTag } from "../../domain/posts/Tag.js"
import { NotAcceptable, PageNotFound } from "../../errors/Address.js"
import { MediaStore } from "../../services/MediaStore.js"
import { PostArchive } from "../../services/PostArchive.js"
import { type PostRange, Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { unmarked } from "../../texts/Fallback.js"
import { texts } from "../../texts/Texts.js"
import { revisionTag } from "../blog/RevisionTag.js"
import { revalidated } from "../http/Revalidation.js"
import { feed } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { tagPath } from "../theme/EntryView.js"
import { pageResponse } from "../theme/Page.js"
import { responseOf } from "../theme/PageBody.js"
import { type Site, site } from "../theme/Site.js"
import { type FeedSubject, fileIdsOf, makeFeed } from "./Feed.js"
import { FeedPage } from "./FeedPage.js"
import { asksForPage, formats, negotiate, offered, type Representation } from "./Format.js"
import { opml } from "./Opml.js"

/** Maximum number of posts in a feed; `makeFeed` limits their size. */
const feedLength = 50

/** Number of tags whose feeds the page at `/feed` offers. */
const offeredTags = 6

/** The tags that recent posts have most often. */
const recentTags = (posts: ReadonlyArray<ListedPost>) => {
  const uses = Arr.groupBy(posts.flatMap(tagsOf), ({ tag }) => tag)
  return Object.values(uses)
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first]) => first ?? [])
    .slice(0, offeredTags)
}

/** The site's feeds in every format, the negotiated address, each tag's feeds, and the list of feeds. */
export const routes = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const addresses = yield* SiteAddresses
    const media = yield* MediaStore
    const counts = yield* PostArchive
    const entityTag = yield* revisionTag

    const answer = (
      subjectOf: (about: Site) => Omit<FeedSubject, "firstOrigin" | "site">,
      { format, mediaType }: Representation,
      only: Pick<PostRange, "kinds" | "tag"> = {}
    ) =>
      Effect.flatMap(entityTag(format.extension), (validators) =>
        revalidated(
          validators,
          Effect.gen(function* () {
            const about = yield* site
            const page = yield* posts.listPublic({ limit: feedLength, ...only })
            if (Object.keys(only).length > 0 && page.posts.length === 0) return yield* new PageNotFound()
            const { first } = yield* addresses.history
            const sizes = yield* media.sizes(fileIdsOf(page.posts, about))
            const feed = yield* makeFeed({ ...subjectOf(about), site: about, firstOrigin: first }, page.posts, sizes)
            return responseOf(format.write(feed), { contentType: `${mediaType}; charset=utf-8` })
          })
        )
      )

    const everything = (path: string) => (about: Site) => ({
      title: about.name,
      page: about.home,
      self: `${about.url}${path}`
    })

    /** Serves the page at the address of the feed. Only the media type distinguishes the two. */
    const page = Effect.gen(function* () {
      const response = yield* revalidated(
        yield* entityTag("html"),
        Effect.gen(function* () {
          const recent = yield* posts.overview({ limit: 20 })
          const tags = recentTags(recent.posts)
          return pageResponse(<FeedPage kinds={(yield* counts.kinds).keys()} tags={tags} site={yield* site} />)
        })
      )
      return HttpServerResponse.setHeader(response, "vary", "Accept")
    })

    yield* routes.add(
      feed,
      "GET",
      "/feed",
      Effect.gen(function* () {
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        if (asksForPage(headers.accept)) return yield* page
        const wanted = negotiate(headers.accept)
        if (wanted === undefined) return yield* new NotAcceptable({ offered: ["text/html", ...offered] })
        const response = yield* answer(everything(`/feed.${wanted.format.extension}`), wanted)
        return HttpServerResponse.setHeader(response, "vary", "Accept")
      })
    )

    for (const format of formats) {
      const path = `/feed.${format.extension}` as const
      const own = { format, mediaType: format.mediaTypes[0] }
      yield* routes.add(feed, "GET", path, answer(everything(path), own))
      yield* routes.add(
        feed,
        "GET",
        `/tag/:tag${path}`,
        Effect.gen(function* () {
          const tag = foldTag((yield* HttpLayerRouter.params).tag ?? "")
          if (tag === "") return yield* new PageNotFound()
          const subjectOf = (about: Site) => {
            const page = `${about.url}${tagPath(tag)}`
            return { title: `${tag} · ${about.name}`, page, self: `${page}${path}` }
          }
          return yield* answer(subjectOf, own, { tag })
        })
      )
    }

    for (const kind of kinds) {
      for (const format of formats) {
        const path = `${kindPaths[kind]}/feed.${format.extension}` as const
        const subjectOf = (about: Site) => ({
          title: unmarked(`${texts.theme.kindLists[kind]} · ${about.name}`),
          page: `${about.url}${kindPaths[kind]}`,
          self: `${about.url}${path}`
        })
        const own = { format, mediaType: format.mediaTypes[0] }
        yield* routes.add(feed, "GET", path, answer(subjectOf, own, { kinds: [kind] }))
      }
    }

    // Address of the original's only feed, which still has subscribers.
    const [rss] = formats
    yield* routes.add(
      feed,
      "GET",
      "/feed.xml",
      answer(everything("/feed.rss"), { format: rss, mediaType: rss.mediaTypes[0] })
    )

    yield* routes.add(
      feed,
      "GET",
      "/opml.xml",
      Effect.map(site, (about) => HttpServerResponse.text(opml(about), { contentType: "text/x-opml; charset=utf-8" }))
    )
  })
)
