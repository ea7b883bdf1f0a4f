import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { foldTag } from "../../domain/posts/Tag.js"
import { NotAcceptable, PageNotFound } from "../../errors/Address.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { revisionTag } from "../blog/RevisionTag.js"
import { revalidated } from "../http/Revalidation.js"
import { feed } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { tagPath } from "../theme/EntryView.js"
import { type Site, site } from "../theme/Site.js"
import { type FeedSubject, fileIdsOf, makeFeed } from "./Feed.js"
import { formats, negotiate, offered, type Representation } from "./Format.js"
import { opml } from "./Opml.js"

/** Maximum number of posts in a feed; `makeFeed` limits their size. */
const feedLength = 50

/** The site's feeds in every format, the negotiated address, each tag's feeds, and the list of feeds. */
export const routes = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const addresses = yield* SiteAddresses
    const media = yield* MediaStore
    const entityTag = yield* revisionTag

    const answer = (
      subjectOf: (about: Site) => Omit<FeedSubject, "firstOrigin" | "site">,
      { format, mediaType }: Representation,
      tag?: string
    ) =>
      Effect.flatMap(entityTag(format.extension), (validators) =>
        revalidated(
          validators,
          Effect.gen(function* () {
            const about = yield* site
            const page = yield* posts.listPublic({ limit: feedLength, ...(tag !== undefined && { tag }) })
            if (tag !== undefined && page.posts.length === 0) return yield* new PageNotFound()
            const { first } = yield* addresses.history
            const sizes = yield* media.sizes(fileIdsOf(page.posts, about))
            const feed = makeFeed({ ...subjectOf(about), site: about, firstOrigin: first }, page.posts, sizes)
            return HttpServerResponse.text(format.write(feed), { contentType: `${mediaType}; charset=utf-8` })
          })
        )
      )

    const everything = (path: string) => (about: Site) => ({
      title: about.name,
      page: about.home,
      self: `${about.url}${path}`
    })

    yield* routes.add(
      feed,
      "GET",
      "/feed",
      Effect.gen(function* () {
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        const wanted = negotiate(headers.accept)
        if (wanted === undefined) return yield* new NotAcceptable({ offered })
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
          return yield* answer(subjectOf, own, tag)
        })
      )
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
