import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import type { ListedPost } from "../../domain/ListedPost.js"
import { type PostPage, Posts } from "../../services/Posts.js"
import { revalidated } from "../http/Revalidation.js"
import { discoveryHeader } from "../theme/Discovery.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"
import { EntryList, pageSize } from "./EntryList.js"
import { here, neighbours, type PageRange, pageRange } from "./PageCursor.js"
import { revisionTag } from "./RevisionTag.js"

/** The home page: an h-feed of what is public, newest first, page by page. */
export const home = HttpLayerRouter.use(
  Effect.fnUntraced(function* (router) {
    const posts = yield* Posts
    const about = yield* site
    const entityTag = yield* revisionTag
    const link = discoveryHeader(about)
    yield* router.add(
      "GET",
      "/",
      Effect.gen(function* () {
        const range = yield* pageRange
        return yield* revalidated(
          { etag: yield* entityTag() },
          Effect.map(posts.overview({ ...range, limit: pageSize }), (page) =>
            pageResponse(<HomePage page={page} range={range} site={about} />, { headers: { link } })
          )
        )
      })
    )
  })
)

interface HomePageProps {
  readonly page: PostPage<ListedPost>
  readonly range: PageRange
  readonly site: Site
}

const HomePage = ({ page, range, site }: HomePageProps): JSX.Element => {
  const isFirst = range.before === undefined && range.after === undefined
  const newest = page.posts[0]
  return (
    <Layout
      site={site}
      canonical={here(site.home, range)}
      {...(!isFirst && {
        title:
          newest === undefined ? "Posts" : `Posts up to ${site.formatDay(newest.publishedAt, newest.publishedOffset)}`
      })}
      {...neighbours(site.home, page)}
    >
      <div class="h-feed">
        <header class="intro">
          <h1 class="p-name unseen">{site.name}</h1>
          <p class="p-author h-card">
            <a class="p-name u-url u-uid" rel="me" href={site.home} dir="auto" hidden={site.author === site.name}>
              {site.author}
            </a>
            {site.description !== "" && (
              <span class="p-note" dir="auto">
                {site.description}
              </span>
            )}
          </p>
        </header>
        {isFirst && newest === undefined ? <Welcome /> : <EntryList list={site.home} page={page} site={site} />}
      </div>
    </Layout>
  )
}

const Welcome = (): JSX.Element => (
  <section>
    <h2>Nothing here yet</h2>
    <p class="lead">The first post will stand on this page as soon as it is written.</p>
    <p>
      <a href="/feed">Subscribe to the feed</a>, and it comes to you by itself.
    </p>
  </section>
)
