import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { tagsOf } from "../../domain/posts/Post.js"
import { foldTag } from "../../domain/posts/Tag.js"
import { PageNotFound } from "../../errors/Address.js"
import { type PostPage, Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { tagPath } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"
import { EntryList, pageSize } from "./EntryList.js"
import { here, neighbours, type PageRange, pageRange } from "./PageCursor.js"
import { revisionTag } from "./RevisionTag.js"

/**
 * The page of a tag: its public posts, newest first. An unused tag is not found; another spelling of a tag redirects.
 */
export const tagPage = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const entityTag = yield* revisionTag
    yield* routes.add(
      publicPage,
      "GET",
      "/tag/:tag",
      Effect.gen(function* () {
        const given = (yield* HttpLayerRouter.params).tag ?? ""
        const tag = foldTag(given)
        if (tag === "") return yield* new PageNotFound()
        if (tag !== given) return HttpServerResponse.redirect(tagPath(tag), { status: 301 })
        const about = yield* site
        const range = yield* pageRange
        return yield* revalidated(
          yield* entityTag(),
          Effect.gen(function* () {
            const page = yield* posts.overview({ ...range, tag, limit: pageSize })
            if (page.posts.length === 0 && !page.hasNewer && !page.hasOlder) return yield* new PageNotFound()
            return pageResponse(<TagDocument page={page} range={range} site={about} tag={tag} />)
          })
        )
      })
    )
  })
)

interface TagDocumentProps {
  readonly page: PostPage<ListedPost>
  readonly range: PageRange
  readonly site: Site
  readonly tag: string
}

const TagDocument = ({ page, range, site, tag }: TagDocumentProps): JSX.Element => {
  const list = `${site.url}${tagPath(tag)}`
  const label = page.posts.flatMap(tagsOf).find((each) => each.tag === tag)?.label ?? tag
  return (
    <Layout
      site={site}
      title={texts.blog.taggedWith({ tag: label })}
      canonical={here(list, range)}
      feeds={[{ title: `${label} · ${site.name}`, path: tagPath(tag) }]}
      isList
      {...neighbours(list, page)}
    >
      <div class="h-feed">
        <header class="page-head">
          <h1 class="p-name">
            <span class="kicker">{texts.blog.tagged}</span> <bdi>{label}</bdi>
          </h1>
        </header>
        <EntryList list={list} page={page} site={site} />
      </div>
    </Layout>
  )
}
