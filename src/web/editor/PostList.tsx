import type { ComponentChildren, JSX } from "preact"
import { mediumOf } from "../../domain/editor/PostForm.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { addressIn, valuesOf } from "../../domain/posts/Microformats.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import { type Post, tagsOf } from "../../domain/posts/Post.js"
import { kindOf } from "../../domain/posts/PostKind.js"
import type { Release } from "../../domain/updates/Release.js"
import { postViewsPath, viewsPath } from "../../domain/views/ViewsPath.js"
import type { PostCounts, PostPage, PostState as StateFilter } from "../../services/Posts.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { neighbours, type PageRange } from "../blog/PageCursor.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Pagination } from "../theme/Pagination.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { NewerLine } from "../updates/NewerLine.js"
import { Composer } from "./Composer.js"
import { Icon, type IconName } from "./Icon.js"
import { PasskeyReminder } from "./PasskeyReminder.js"
import { callOf, isOpenToVisitors, stateOf } from "./PostState.js"
import { composerScript } from "./Script.js"

/** Filter of the list. */
export interface ListQuery {
  readonly state: StateFilter
  /** Words to search for; empty for all posts. */
  readonly text: string
  /** Folded; empty for all posts. */
  readonly tag: string
}

/** A post that was removed for good: how many of its files were deleted, and how many should have been. */
export interface Erased {
  readonly files: number
  readonly left: number
}

/** Properties of the owner's list of posts. */
export interface PostListProps {
  readonly site: Site
  readonly page: PostPage<ListedPost>
  readonly query: ListQuery
  readonly range: PageRange
  readonly now: number
  readonly counts: PostCounts
  /** Key of the form for a note. */
  readonly formKey: string
  /** A post that was just deleted, which can be restored with one button. */
  readonly deleted: Post | undefined
  /** A note that was just posted from the list. */
  readonly posted: Post | undefined
  /** Numbers of views of the posts that have some; `undefined` if views are not counted. */
  readonly views: ReadonlyMap<number, number> | undefined
  /** A newer release of the program, if the owner wants to know. */
  readonly newer: Release | undefined
  /** What was just removed for good, with numbers of files. */
  readonly erased: Erased | undefined
  /** Whether to suggest a passkey. */
  readonly remindsOfPasskey: boolean
}

const filters: ReadonlyArray<StateFilter> = ["all", "published", "draft", "scheduled", "deleted"]

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

/** The owner's posts in pages: newest first, and scheduled ones in the order of their time. */
export const PostListPage = (props: PostListProps): JSX.Element => {
  const { counts, deleted, erased, formKey, newer, now, page, posted, query, range, site, views } = props
  const isWhole = query.state === "all" && query.text === "" && query.tag === ""
  const isNew = isWhole && page.posts.length === 0 && range.before === undefined && range.after === undefined
  const isByTime = query.state === "scheduled"
  const shown = isByTime ? page.posts.toReversed() : page.posts
  return (
    <AdminLayout site={site} title={texts.editor.list.title} section="posts" scripts={[composerScript.path]}>
      <div class="posts-page">
        <h1 class="unseen">{texts.editor.list.title}</h1>
        {deleted !== undefined && <JustDeleted post={deleted} site={site} />}
        {erased !== undefined && <JustErased {...erased} />}
        {posted !== undefined && <JustPosted post={posted} now={now} />}
        {props.remindsOfPasskey && <PasskeyReminder />}
        <Composer formKey={formKey} />
        {isNew ? <Welcome /> : <Finder query={query} counts={counts} hasViews={views !== undefined} />}
        {!isNew && shown.length === 0 && <Nothing query={query} />}
        {shown.length > 0 && (
          <ul class="list">
            {shown.map((post) => (
              <Row key={post.id} post={post} site={site} now={now} views={views?.get(post.id)} />
            ))}
          </ul>
        )}
        <Pagination {...besides(query, page)} />
        {newer !== undefined && <NewerLine release={newer} />}
      </div>
    </AdminLayout>
  )
}

const Finder = ({
  counts,
  hasViews,
  query
}: Pick<PostListProps, "counts" | "query"> & { readonly hasViews: boolean }): JSX.Element => (
  <>
    <div class="toolline">
      <h2>{texts.editor.list.title}</h2>
      <a href="/admin/new?kind=page">{texts.editor.list.newPage}</a>
      {hasViews && <a href={viewsPath}>{texts.views.title}</a>}
      <form method="get" action="/admin/" role="search">
        {query.state !== "all" && <input type="hidden" name="state" value={query.state} />}
        {query.tag !== "" && <input type="hidden" name="tag" value={query.tag} />}
        <label class="unseen" for="find">
          {texts.editor.list.search}
        </label>
        <input
          id="find"
          type="search"
          name="q"
          value={query.text}
          maxLength={200}
          dir="auto"
          placeholder={texts.editor.list.search}
          enterkeyhint="search"
        />
      </form>
    </div>
    <nav class="tabs" aria-label={texts.editor.list.filter}>
      {filters.map((state) => (
        <a
          key={state}
          href={listAddress({ ...query, state })}
          {...(state === query.state && { "aria-current": "page" })}
        >
          {texts.editor.list.filters[state]}
          {state in counts && ` ${spokenNumber(counts[state as keyof PostCounts])}`}
        </a>
      ))}
    </nav>
    {(query.tag !== "" || query.text !== "") && (
      <p class="narrowed">
        {query.text !== "" && <span dir="auto">{texts.editor.list.withWords({ words: query.text })} </span>}
        {query.tag !== "" && <span dir="auto">{texts.editor.list.tagged({ tag: query.tag })} </span>}
        <a href={listAddress({ state: query.state, text: "", tag: "" })}>{texts.editor.list.showAll}</a>
      </p>
    )}
  </>
)

/** The kind of a post in words; replies name the page's host, galleries their size. */
const kindWords = (post: ListedPost): string => {
  const kind = kindOf(post)
  const photos = valuesOf(post.properties, "photo").length
  if (kind === "photo" && photos > 1) return texts.editor.list.gallery({ count: photos })
  const address =
    kind === "reply"
      ? valuesOf(post.properties, "in-reply-to").flatMap((value) => addressIn(value) ?? [])[0]
      : undefined
  return address !== undefined && URL.canParse(address)
    ? texts.editor.list.replyTo({ host: new URL(address).hostname.replace(/^www\./, "") })
    : texts.editor.kinds[kind]
}

/** Returns whether one of the attached pictures has no description. */
const lacksDescription = ({ properties }: ListedPost): boolean =>
  valuesOf(properties, "photo").some((value) => (mediumOf("photo", value)?.alt ?? "").trim() === "")

const Row = ({
  now,
  post,
  site,
  views
}: {
  readonly post: ListedPost
  readonly site: Site
  readonly now: number
  readonly views: number | undefined
}): JSX.Element => {
  const call = callOf(post, site)
  const state = stateOf(post, now)
  return (
    <li>
      <h3 dir="auto">{state === "deleted" ? call : <a href={`/admin/edit/${post.id}`}>{call}</a>}</h3>
      <p class="sub">
        {state !== "published" && <span class={`badge ${state}`}>{texts.editor.states[state]}</span>}
        {post.visibility !== "public" && <span class="badge">{texts.editor.visibilities[post.visibility]}</span>}
        {post.rendering.state === "too_slow" && (
          <span class="badge warn" title={texts.editor.rendering.too_slow}>
            {texts.editor.list.plainText}
          </span>
        )}
        {state !== "deleted" && lacksDescription(post) && (
          <span class="badge warn">{texts.editor.list.noDescription}</span>
        )}
        <span>{kindWords(post)}</span>
        <Moment post={post} site={site} now={now} />
        {views !== undefined && <a href={postViewsPath(post)}>{texts.views.views(views)}</a>}
        {tagsOf(post)
          .slice(0, 6)
          .map(({ label, tag }) => (
            <a key={tag} class="tag" href={listAddress({ state: "all", text: "", tag })} dir="auto">
              {label}
            </a>
          ))}
      </p>
      <div class="act">
        {state === "deleted" && <Restore id={post.id} call={call} />}
        {isOpenToVisitors(post, now) ? (
          <Action href={pathOf(post)} icon="view" verb={texts.editor.list.view} call={call} />
        ) : (
          <Action href={`/admin/preview/${post.id}`} icon="view" verb={texts.editor.list.preview} call={call} />
        )}
        {state === "deleted" && (
          <Action href={`/admin/erase/${post.id}`} icon="close" verb={texts.editor.erase.link} call={call} />
        )}
        {state !== "deleted" && (
          <Action href={`/admin/delete/${post.id}`} icon="close" verb={texts.editor.list.delete} call={call} />
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
      {texts.editor.list.times[state]}
      <Time at={instant} offset={offset} site={site} form={state === "scheduled" ? "minute" : "day"} />
    </span>
  )
}

/** A link that names its post for screen readers. */
const Action = ({
  call,
  href,
  icon,
  verb
}: {
  readonly href: string
  readonly icon: IconName
  readonly verb: string
  readonly call: string
}): JSX.Element => (
  <a class="btn square quiet" href={href} title={verb}>
    <Icon name={icon} />
    <span class="unseen">
      {verb} “{call}”
    </span>
  </a>
)

const Restore = ({ call, id }: { readonly id: number; readonly call: string }): JSX.Element => (
  <form method="post" action={`/admin/restore/${id}`}>
    <button type="submit" class="btn">
      {texts.editor.list.restore}
      <span class="unseen"> “{call}”</span>
    </button>
  </form>
)

const JustPosted = ({ now, post }: { readonly post: Post; readonly now: number }): JSX.Element => (
  <div class="notice ok" role="status" data-posted>
    <p>
      {texts.editor.list.posted}{" "}
      {isOpenToVisitors(post, now) && <a href={pathOf(post)}>{texts.editor.list.viewPosted}</a>}{" "}
      <a href={`/admin/edit/${post.id}`}>{texts.editor.list.editPosted}</a>
    </p>
  </div>
)

const JustDeleted = ({ post, site }: { readonly post: Post; readonly site: Site }): JSX.Element => (
  <div class="notice" role="status">
    <p dir="auto">
      {texts.editor.list.deleted({ call: callOf(post, site) })}
      {post.status === "published" && ` ${texts.editor.list.deletedLink}`}
    </p>
    <form method="post" action={`/admin/restore/${post.id}`}>
      <button type="submit" class="btn">
        {texts.editor.list.undo}
      </button>
    </form>
  </div>
)

const JustErased = ({ files, left }: Erased): JSX.Element => (
  <div class="notice" role="status">
    <p>
      {texts.editor.erase.done} {files > 0 && texts.editor.erase.filesDone({ count: files })}{" "}
      {left > 0 && (
        <>
          {texts.editor.erase.filesLeft({ count: left })}{" "}
          <a href="/admin/media?show=unused">{texts.editor.erase.filesLink}</a>
        </>
      )}
    </p>
  </div>
)

const Welcome = (): JSX.Element => (
  <section class="welcome">
    <h2>{texts.editor.list.welcome}</h2>
    <p>{texts.editor.list.drafts}</p>
    <p>
      <a class="btn primary" href="/admin/new">
        {texts.editor.list.writeFirst}
      </a>
    </p>
  </section>
)

const Nothing = ({ query }: { readonly query: ListQuery }): JSX.Element => {
  const found: ComponentChildren =
    query.text !== "" || query.tag !== "" ? texts.editor.list.noMatch : texts.editor.list.none[query.state]
  return (
    <p class="nothing">
      {found} <a href="/admin/">{texts.editor.list.seeAll}</a>
    </p>
  )
}
