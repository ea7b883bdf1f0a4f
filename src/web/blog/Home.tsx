import { HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Option } from "effect"
import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { kinds } from "../../domain/posts/PostKind.js"
import { OwnerProvider } from "../../services/OwnerProvider.js"
import { type PostPage, Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { perRevision } from "../http/PerRevision.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { discoveryHeader, type KnownProvider } from "../theme/Discovery.js"
import { ListedEntry } from "../theme/Entry.js"
import { entryView } from "../theme/EntryView.js"
import { Icon } from "../theme/Icon.js"
import { Layout, Profile } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { Rich } from "../theme/Rich.js"
import { type Site, site } from "../theme/Site.js"
import { EntryList, pageSize } from "./EntryList.js"
import { here, neighbours, type PageRange, pageRange } from "./PageCursor.js"
import { revisionTag } from "./RevisionTag.js"

/** Apps in browsers find the endpoints here. The page has nothing that a visitor without a cookie does not see. */
const forApps = { "access-control-allow-origin": "*", "access-control-expose-headers": "Link" }

/** The home page: an h-feed of public posts, newest first, in pages. */
export const home = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const entityTag = yield* revisionTag
    const provider = yield* knownProvider
    const pinnedPosts = perRevision(
      Effect.map(posts.overview({ pinned: true, limit: mostPinned }), ({ posts }) => posts)
    )
    yield* routes.add(
      publicPage,
      "GET",
      "/",
      Effect.gen(function* () {
        const about = yield* site
        const range = yield* pageRange
        const known = yield* provider
        const link = discoveryHeader(about, known)
        const response = yield* revalidated(
          yield* entityTag(known === undefined ? "page" : `page.${encodeURIComponent(link)}`),
          Effect.gen(function* () {
            const isFirst = range.before === undefined && range.after === undefined
            const pinned = isFirst ? yield* pinnedPosts : []
            const page = yield* listed(posts, about, range)
            return pageResponse(<HomePage page={page} pinned={pinned} range={range} site={about} provider={known} />)
          })
        )
        return HttpServerResponse.setHeaders(response, { link, ...forApps })
      })
    )
  })
)

/** Number of pinned posts at the top of the home page. */
const mostPinned = 5

/** The posts of the kinds that the home page lists. */
const listed = (posts: Posts["Type"], { homeKinds }: Site, range: PageRange) => {
  if (homeKinds.size === 0) return Effect.succeed({ posts: [], hasNewer: false, hasOlder: false })
  const chosen = kinds.filter((kind) => homeKinds.has(kind))
  return posts.overview({ ...range, ...(chosen.length < kinds.length && { kinds: chosen }), limit: pageSize })
}

/** How long the home page waits for unknown endpoints of the provider; the request continues in the background. */
const patience = Duration.millis(500)

/**
 * Endpoints of the owner's provider, cached for an hour; `undefined` if there is no provider, or it does not answer.
 */
const knownProvider = Effect.map(
  Effect.serviceOption(OwnerProvider),
  Option.match({
    onNone: () => Effect.succeed(undefined),
    onSome: ({ endpoints, page }) =>
      Option.isNone(page)
        ? Effect.succeed(undefined)
        : Effect.map(Effect.option(Effect.timeout(endpoints, patience)), Option.getOrUndefined)
  })
)

interface HomePageProps {
  readonly provider: KnownProvider | undefined
  readonly page: PostPage<ListedPost>
  /** Posts before all others; only on the first page. */
  readonly pinned: ReadonlyArray<ListedPost>
  readonly range: PageRange
  readonly site: Site
}

const HomePage = ({ page, pinned, provider, range, site }: HomePageProps): JSX.Element => {
  const isFirst = range.before === undefined && range.after === undefined
  const newest = page.posts[0]
  return (
    <Layout
      site={site}
      {...(provider !== undefined && { provider })}
      canonical={here(site.home, range)}
      isList
      {...(!isFirst && {
        title:
          newest === undefined
            ? texts.blog.list
            : texts.blog.listUntil({ day: site.formatDay(newest.publishedAt, newest.publishedOffset) })
      })}
      {...neighbours(site.home, page)}
    >
      <div class="h-feed">
        <header class="intro">
          <h1 class="p-name unseen">{site.name}</h1>
          <p class="p-author h-card">
            {site.description !== "" && (
              <span class="p-note" dir="auto">
                {site.description}
              </span>
            )}
            <span class="meta">
              <Profile site={site} />
              <a class="p-name u-url u-uid" rel="me" href={site.home} dir="auto" hidden={site.author === site.name}>
                {site.author}
              </a>
              <a class="follow" href="/feed">
                <Icon name="feed" />
                {texts.theme.entry.subscribe}
              </a>
            </span>
          </p>
        </header>
        {pinned.length > 0 && <PinnedPosts posts={pinned} site={site} />}
        {isFirst && newest === undefined ? (
          pinned.length === 0 && <Welcome isEmpty={site.homeKinds.size === kinds.length} />
        ) : (
          <EntryList
            list={site.home}
            page={without(page, pinned)}
            site={site}
            hasLead={isFirst && pinned.length === 0}
          />
        )}
      </div>
    </Layout>
  )
}

/** The page without posts that are shown above it. */
const without = (page: PostPage<ListedPost>, above: ReadonlyArray<ListedPost>): PostPage<ListedPost> => ({
  ...page,
  posts: page.posts.filter(({ id }) => !above.some((pinned) => pinned.id === id))
})

const PinnedPosts = ({ posts, site }: { readonly posts: ReadonlyArray<ListedPost>; readonly site: Site }) => (
  <section class="day pinned" aria-labelledby="pinned">
    <h2 class="day-date" id="pinned">
      {texts.blog.pinned}
    </h2>
    {posts.map((post, index) => (
      <ListedEntry key={post.id} entry={entryView(post, site)} site={site} isFirst={index === 0} />
    ))}
  </section>
)

const Welcome = ({ isEmpty }: { readonly isEmpty: boolean }): JSX.Element => (
  <section class="day prose">
    <h2>{isEmpty ? texts.blog.nothingYet : texts.blog.nothingHere}</h2>
    <p class="lead">{isEmpty ? texts.blog.firstPost : <a href="/archive">{texts.blog.toArchive}</a>}</p>
    <p>
      <Rich text={texts.blog.follow} />
    </p>
  </section>
)
