import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { postViewsPath, viewsPath } from "../../domain/views/ViewsPath.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { callOf } from "../editor/PostState.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { BarChart } from "./BarChart.js"
import type { Bar, Period } from "./Bars.js"

interface PageProps {
  readonly site: Site
  readonly period: Period
  readonly bars: ReadonlyArray<Bar>
}

/** A post with its views in the period. */
export interface ViewedPost {
  readonly post: Post
  readonly count: number
}

const periods: ReadonlyArray<Period> = ["days", "months"]

const Periods = ({ path, period }: { readonly path: string; readonly period: Period }): JSX.Element => (
  <nav class="tabs" aria-label={texts.views.period}>
    {periods.map((each) => (
      <a
        key={each}
        href={each === "days" ? path : `${path}?by=month`}
        {...(each === period && { "aria-current": "page" as const })}
      >
        {texts.views.periods[each]}
      </a>
    ))}
  </nav>
)

const sumOf = (bars: ReadonlyArray<Bar>): number => bars.reduce((sum, { count }) => sum + count, 0)

/** Says that nothing is counted, where that is so. */
const Switch = ({ site }: Pick<PageProps, "site">): JSX.Element | null =>
  site.countsViews ? null : (
    <div class="notice" role="note">
      <p>
        {texts.views.off} <a href="/admin/settings/care">{texts.views.turnOn}</a>
      </p>
    </div>
  )

const Figures = ({ bars, path, period }: Omit<PageProps, "site"> & { readonly path: string }): JSX.Element => {
  const total = texts.views.views(sumOf(bars))
  return (
    <>
      <Periods path={path} period={period} />
      <p class="total">{texts.views.within[period]({ views: total })}</p>
      <BarChart bars={bars} title={texts.views.within[period]({ views: total })} />
    </>
  )
}

/** Views of all posts: over time, and the posts with most of them. */
export const ViewsPage = ({
  hasViews,
  isCleared,
  posts,
  ...props
}: PageProps & {
  readonly posts: ReadonlyArray<ViewedPost>
  readonly hasViews: boolean
  readonly isCleared: boolean
}): JSX.Element => (
  <AdminLayout site={props.site} title={texts.views.title} section="posts">
    <p class="back">
      <a href="/admin/">{texts.views.back}</a>
    </p>
    <h1>{texts.views.title}</h1>
    {isCleared && <Notice>{texts.views.cleared}</Notice>}
    <Switch site={props.site} />
    {(hasViews || props.site.countsViews) && <Figures {...props} path={viewsPath} />}
    {posts.length > 0 && (
      <>
        <h2>{texts.views.posts}</h2>
        <ol class="viewed">
          {posts.map(({ count, post }) => (
            <li key={post.id}>
              <a href={postViewsPath(post)} dir="auto">
                {callOf(post, props.site)}
              </a>{" "}
              <span class="count">{texts.views.views(count)}</span>
            </li>
          ))}
        </ol>
      </>
    )}
    <p class="hint">{texts.views.about}</p>
    {hasViews && (
      <p>
        <a href={`${viewsPath}/clear`}>{texts.views.clearLink}</a>
      </p>
    )}
  </AdminLayout>
)

/** Views of a post. */
export const PostViewsPage = ({
  post,
  total,
  ...props
}: PageProps & { readonly post: Post; readonly total: number }): JSX.Element => (
  <AdminLayout site={props.site} title={texts.views.title} section="posts">
    <p class="back">
      <a href={viewsPath}>{texts.views.all}</a>
    </p>
    <h1>{texts.views.title}</h1>
    <blockquote class="about" dir="auto">
      <a href={`/admin/edit/${post.id}`}>{callOf(post, props.site)}</a>
    </blockquote>
    <Switch site={props.site} />
    <p>{texts.views.total({ number: spokenNumber(total) })}</p>
    <Figures {...props} path={postViewsPath(post)} />
    <p class="hint">{texts.views.about}</p>
  </AdminLayout>
)

/** Asks whether to delete all numbers. */
export const ClearPage = ({ site }: Pick<PageProps, "site">): JSX.Element => (
  <AdminLayout site={site} title={texts.views.clearQuestion} section="posts">
    <h1>{texts.views.clearQuestion}</h1>
    <p>{texts.views.clearMeaning}</p>
    <form method="post" action={`${viewsPath}/clear`} class="actions confirm">
      <button type="submit" class="button danger">
        {texts.views.clear}
      </button>
      <a class="button quiet" href={viewsPath}>
        {texts.views.cancel}
      </a>
    </form>
  </AdminLayout>
)
