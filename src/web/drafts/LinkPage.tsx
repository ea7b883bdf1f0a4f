import { Option } from "effect"
import type { JSX } from "preact"
import { pathOf } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import type { DraftLink } from "../../services/DraftLinks.js"
import { texts } from "../../texts/Texts.js"
import { callOf, stateOf } from "../editor/PostState.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"

/** Properties of the page. */
export interface LinkPageProps {
  readonly site: Site
  readonly post: Post
  /** Epoch milliseconds. */
  readonly now: number
  readonly link: Option.Option<DraftLink>
  /** The address of a link that was made just now. It is shown only this time. */
  readonly created?: string
  readonly isEnded?: boolean
}

/** The link of a draft: what it shows to whom, the buttons that make and end it, and its address when it is new. */
export const LinkPage = ({ created, isEnded = false, link, now, post, site }: LinkPageProps): JSX.Element => (
  <AdminLayout site={site} title={texts.drafts.title} section="posts">
    <p class="back">
      <a href={`/admin/edit/${post.id}`}>{texts.drafts.back}</a>
    </p>
    <h1>{texts.drafts.title}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    {isEnded && <Notice>{texts.drafts.ended}</Notice>}
    {created !== undefined && (
      <section class="panel">
        <h2>{texts.drafts.created}</h2>
        <p>
          <code class="secret">{created}</code>
        </p>
        <p>
          {texts.drafts.copy} {/* The way back from it would send the form again, which replaces the link. */}
          <a href={created} target="_blank" rel="noreferrer">
            {texts.drafts.open}
          </a>
        </p>
      </section>
    )}
    {stateOf(post, now) === "published" ? (
      <p>
        <Rich
          text={texts.drafts.published}
          values={{ post: <a href={pathOf(post)}>{texts.drafts.publishedPost}</a> }}
        />
      </p>
    ) : (
      <Forms post={post} link={link} site={site} isNew={created !== undefined} />
    )}
  </AdminLayout>
)

interface FormsProps extends Pick<LinkPageProps, "link" | "post" | "site"> {
  readonly isNew: boolean
}

const Forms = ({ isNew, link, post, site }: FormsProps): JSX.Element => {
  const path = linkPath(post)
  const make = (label: string, style: string) => (
    <form method="post" action={path}>
      <button type="submit" class={`button ${style}`}>
        {label}
      </button>
    </form>
  )
  return (
    <>
      <p>{texts.drafts.explained}</p>
      {Option.match(link, {
        onNone: () => (
          <>
            <p class="hint">{texts.drafts.ends}</p>
            {make(texts.drafts.create, "")}
          </>
        ),
        onSome: ({ createdAt }) => (
          <>
            {!isNew && (
              <p>
                <Rich text={texts.drafts.exists} values={{ time: <Time at={createdAt} site={site} /> }} />
              </p>
            )}
            <p class="hint">{texts.drafts.ends}</p>
            <div class="actions">
              {make(texts.drafts.renew, "quiet")}
              <form method="post" action={`${path}/end`}>
                <button type="submit" class="button danger">
                  {texts.drafts.end}
                </button>
              </form>
            </div>
          </>
        )
      })}
    </>
  )
}

/** The owner's page of a post's link. */
export const linkPath = ({ id }: Pick<Post, "id">): string => `/admin/posts/${id}/link`
