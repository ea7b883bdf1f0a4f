import { Effect } from "effect"
import type { JSX } from "preact"
import { kindPaths } from "../../domain/posts/KindList.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { kinds, type ListedKind } from "../../domain/posts/PostKind.js"
import { PageNotFound } from "../../errors/Address.js"
import { PostArchive } from "../../services/PostArchive.js"
import { type PostPage, Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { Pagination } from "../theme/Pagination.js"
import { type Site, site } from "../theme/Site.js"
import { elsewhere } from "./Elsewhere.js"
import { EntryList, pageSize } from "./EntryList.js"
import { here, neighbours, type PageRange, pageRange } from "./PageCursor.js"
import { PhotoGrid, photosOnPage } from "./PhotoGrid.js"
import { revisionTag } from "./RevisionTag.js"

/** A list of each kind that has posts: `/articles`, `/photos` (a grid), `/links`. */
export const kindPages = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const counts = yield* PostArchive
    const entityTag = yield* revisionTag
    const movedHere = yield* elsewhere
    for (const kind of kinds) {
      yield* routes.add(
        publicPage,
        "GET",
        kindPaths[kind],
        Effect.gen(function* () {
          const range = yield* pageRange
          return yield* revalidated(
            yield* entityTag(),
            Effect.gen(function* () {
              const limit = kind === "photo" ? photosOnPage : pageSize
              const page = yield* posts.overview({ ...range, kinds: [kind], limit })
              if (page.posts.length === 0 && !page.hasNewer && !page.hasOlder) return yield* new PageNotFound()
              const count = (yield* counts.kinds).get(kind) ?? page.posts.length
              return pageResponse(<KindPage {...{ count, kind, page, range }} site={yield* site} />)
            })
          )
        }).pipe(Effect.catchTag("PageNotFound", () => movedHere))
      )
    }
  })
)

interface KindPageProps {
  readonly count: number
  readonly kind: ListedKind
  readonly page: PostPage<ListedPost>
  readonly range: PageRange
  readonly site: Site
}

const KindPage = ({ count, kind, page, range, site }: KindPageProps): JSX.Element => {
  const list = `${site.url}${kindPaths[kind]}`
  const title = texts.theme.kindLists[kind]
  const around = neighbours(list, page)
  return (
    <Layout
      site={site}
      title={title}
      canonical={here(list, range)}
      feeds={[{ title: `${title} · ${site.name}`, path: kindPaths[kind] }]}
      {...(kind === "photo" && { width: "grid" as const })}
      {...around}
    >
      <div class="h-feed">
        <header class="page-head">
          <h1 class="p-name">{title}</h1>
          <p class="meta">
            <span>{texts.blog.posts(count)}</span>{" "}
            <a href={`${kindPaths[kind]}/feed.rss`} type="application/rss+xml">
              {texts.blog.subscribeTo({ list: title })}
            </a>
          </p>
        </header>
        {kind === "photo" && page.posts.length > 0 ? (
          <>
            <PhotoGrid posts={page.posts} site={site} />
            <Pagination {...around} />
          </>
        ) : (
          <EntryList list={list} page={page} site={site} />
        )}
      </div>
    </Layout>
  )
}
