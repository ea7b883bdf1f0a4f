import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import { articleHtml } from "../../domain/markdown/Markdown.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { previewPolicy } from "../theme/ContentSecurityPolicy.js"
import { ListedEntry } from "../theme/Entry.js"
import { entryView } from "../theme/EntryView.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"

/** The address of the page in the frame. */
export const lookPreviewPath = "/admin/settings/look/preview"

/** Number of posts that the page shows. */
const shown = 3

/**
 * A page of the site for the frame beside the look's form: the newest posts, and a sample with what texts consist of. It
 * is without the owner's CSS, because the form's script adds the CSS that is typed.
 */
export const routes = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    yield* routes.add(
      ownerPage,
      "GET",
      lookPreviewPath,
      Effect.gen(function* () {
        const about = yield* site
        const { posts: newest } = yield* posts.overview({ limit: shown })
        return HttpServerResponse.setHeaders(
          pageResponse(<PreviewPage site={{ ...about, look: { ...about.look, css: "" } }} posts={newest} />),
          { "content-security-policy": previewPolicy, "x-frame-options": "SAMEORIGIN", "cache-control": "no-store" }
        )
      })
    )
  })
)

/** Nothing on it can be followed or focused: it is a picture of the site. */
const PreviewPage = ({
  posts,
  site
}: {
  readonly site: Site
  readonly posts: ReadonlyArray<ListedPost>
}): JSX.Element => (
  <Layout site={site} title={texts.settings.look.preview}>
    <div inert>
      <section class="day">
        {posts.map((post, index) => (
          <ListedEntry key={post.id} entry={entryView(post, site)} site={site} isFirst={index === 0} />
        ))}
      </section>
      <div class="prose" dangerouslySetInnerHTML={{ __html: articleHtml(texts.settings.look.sample) }} />
    </div>
  </Layout>
)
