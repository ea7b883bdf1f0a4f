import type { ComponentChildren, JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import { type Post, tagsOf } from "../../domain/posts/Post.js"
import { kindOf } from "../../domain/posts/PostKind.js"
import { renderingNotice } from "../../domain/posts/Rendering.js"
import type { PostPage, PostState as StateFilter } from "../../services/Posts.js"
import { neighbours, type PageRange } from "../blog/PageCursor.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Pagination } from "../theme/Pagination.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { callOf, isOpenToVisitors, stateOf } from "./PostState.js"
import { kindTexts, listTexts, stateTexts, visibilityTexts } from "./Texts.js"

/** Filter of the list. */
export interface ListQuery {
  readonly state: StateFilter
  /** Words to search for; empty for all posts. */
  readonly text: string
  /** Folded; empty for all posts. */
  readonly tag: string
}

/** Properties of the owner's list of posts. */
export interface PostListProps {
  readonly site: Site
  readonly page: PostPage<ListedPost>
  readonly query: ListQuery
  readonly range: PageRange
  readonly now: number
  /** A post that was just deleted, which can be restored with one button. */
  readonly deleted: Post | undefined
}

const filters: ReadonlyArray<{ readonly state: StateFilter; readonly label: string }> = [
  { state: "all", label: listTexts.filters.all },
  { state: "published", label: listTexts.filters.published },
  { state: "draft", label: listTexts.filters.draft },
  { state: "scheduled", label: listTexts.filters.scheduled },
  { state: "deleted", label: listTexts.filters.deleted }
]

/** The address of the first page of a list. */
const listAddress = ({ state, tag, text }: ListQuery): string => {
  const query = new URLSearchParams({
    ...(state !== "all" && { state }),
    ...(text !== "" && { q: text }),
    ...(tag !== "" && { tag })
  }).toString()
  return query === "" ? "/admin/" : `/admin/?${query}`
}

/** Addresses of the neighbouring pages, with the filter. */
const besides = (query: ListQuery, page: PostPage<ListedPost>) => {
  const filter = listAddress(query).replace(/^\/admin\/\??/, "")
  const { newer, older } = neighbours("/admin/", page)
  const filtered = (address: string | undefined) =>
    address === undefined || filter === "" ? address : `${address}&${filter}`
  return { newer: filtered(newer), older: filtered(older) }
}

/** All posts of the owner, newest first, in pages. */
export const PostListPage = (props: PostListProps): JSX.Element => {
  const { deleted, now, page, query, range, site } = props
  const isWhole = query.state === "all" && query.text === "" && query.tag === ""
  const isNew = isWhole && page.posts.length === 0 && range.before === undefined && range.after === undefined
  return (
    <AdminLayout site={site} title={listTexts.title} section="posts">
      <header class="list-header">
        <h1>{listTexts.title}</h1>
        {!isNew && (
          <a class="button" href="/admin/new">
            {listTexts.write}
          </a>
        )}
      </header>
      {deleted !== undefined && <JustDeleted post={deleted} site={site} />}
      {isNew ? <Welcome /> : <Finder query={query} />}
      {!isNew && page.posts.length === 0 && <Nothing query={query} />}
      {page.posts.length > 0 && (
        <ul class="posts">
          {page.posts.map((post) => (
            <Row key={post.id} post={post} site={site} now={now} />
          ))}
        </ul>
      )}
      <Pagination {...besides(query, page)} />
    </AdminLayout>
  )
}

const Finder = ({ query }: { readonly query: ListQuery }): JSX.Element => (
  <>
    <nav class="filters" aria-label={listTexts.filter}>
      <ul>
        {filters.map(({ label, state }) => (
          <li key={state}>
            <a href={listAddress({ ...query, state })} {...(state === query.state && { "aria-current": "page" })}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <form class="search-form find" method="get" action="/admin/" role="search">
      {query.state !== "all" && <input type="hidden" name="state" value={query.state} />}
      {query.tag !== "" && <input type="hidden" name="tag" value={query.tag} />}
      <label for="find">{listTexts.search}</label>
      <input id="find" type="search" name="q" value={query.text} maxLength={200} dir="auto" />
      <button type="submit">{listTexts.find}</button>
    </form>
    {(query.tag !== "" || query.text !== "") && (
      <p class="narrowed">
        {query.text !== "" && <span dir="auto">{listTexts.withWords({ words: query.text })} </span>}
        {query.tag !== "" && <span dir="auto">{listTexts.tagged({ tag: query.tag })} </span>}
        <a href={listAddress({ state: query.state, text: "", tag: "" })}>{listTexts.showAll}</a>
      </p>
    )}
  </>
)

const Row = ({
  now,
  post,
  site
}: {
  readonly post: ListedPost
  readonly site: Site
  readonly now: number
}): JSX.Element => {
  const call = callOf(post, site)
  const state = stateOf(post, now)
  return (
    <li>
      <h2 dir="auto">{state === "deleted" ? call : <a href={`/admin/edit/${post.id}`}>{call}</a>}</h2>
      <p class="facts">
        {state !== "published" && <span class={`state ${state}`}>{stateTexts[state]}</span>}
        {post.visibility !== "public" && <span class="state">{visibilityTexts[post.visibility]}</span>}
        {post.rendering.state === "too_slow" && (
          <span class="state" title={renderingNotice("too_slow")}>
            {listTexts.plainText}
          </span>
        )}
        <span>{kindTexts[kindOf(post)]}</span>
        <Moment post={post} site={site} now={now} />
        {tagsOf(post)
          .slice(0, 6)
          .map(({ label, tag }) => (
            <a key={tag} class="tag" href={listAddress({ state: "all", text: "", tag })} dir="auto">
              {label}
            </a>
          ))}
      </p>
      <div class="row-actions">
        {state === "deleted" ? (
          <Restore id={post.id} call={call} />
        ) : (
          <Action href={`/admin/edit/${post.id}`} verb={listTexts.edit} call={call} />
        )}
        {isOpenToVisitors(post, now) ? (
          <Action href={pathOf(post)} verb={listTexts.view} call={call} />
        ) : (
          <Action href={`/admin/preview/${post.id}`} verb={listTexts.preview} call={call} />
        )}
      </div>
    </li>
  )
}

const Moment = ({
  now,
  post,
  site
}: {
  readonly post: ListedPost
  readonly site: Site
  readonly now: number
}): JSX.Element => {
  const state = stateOf(post, now)
  const instant = state === "draft" ? post.updatedAt : state === "deleted" ? (post.deletedAt ?? now) : post.publishedAt
  const offset = instant === post.publishedAt ? post.publishedOffset : undefined
  return (
    <span>
      {listTexts.times[state]}
      <Time at={instant} offset={offset} site={site} form={state === "scheduled" ? "minute" : "day"} />
    </span>
  )
}

/** A link that names its post for screen readers. */
const Action = ({ call, href, verb }: { readonly href: string; readonly verb: string; readonly call: string }) => (
  <a href={href}>
    {verb}
    <span class="unseen"> “{call}”</span>
  </a>
)

const Restore = ({ call, id }: { readonly id: number; readonly call: string }): JSX.Element => (
  <form method="post" action={`/admin/restore/${id}`}>
    <button type="submit" class="link-button">
      {listTexts.restore}
      <span class="unseen"> “{call}”</span>
    </button>
  </form>
)

const JustDeleted = ({ post, site }: { readonly post: Post; readonly site: Site }): JSX.Element => (
  <div class="notice" role="status">
    <p dir="auto">
      {listTexts.deleted({ call: callOf(post, site) })}
      {post.status === "published" && ` ${listTexts.deletedLink}`}
    </p>
    <form method="post" action={`/admin/restore/${post.id}`}>
      <button type="submit" class="button quiet small">
        {listTexts.undo}
      </button>
    </form>
  </div>
)

const Welcome = (): JSX.Element => (
  <section class="welcome">
    <h2>{listTexts.welcome}</h2>
    <p class="lead">{listTexts.drafts}</p>
    <p>
      <a class="button" href="/admin/new">
        {listTexts.writeFirst}
      </a>
    </p>
  </section>
)

const Nothing = ({ query }: { readonly query: ListQuery }): JSX.Element => {
  const found: ComponentChildren =
    query.text !== "" || query.tag !== "" ? listTexts.noMatch : listTexts.none[query.state]
  return (
    <p class="lead">
      {found} <a href="/admin/">{listTexts.seeAll}</a>
    </p>
  )
}
