import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { texts } from "../../texts/Texts.js"
import { Icon } from "./Icon.js"
import type { Site } from "./Site.js"

/** The owner's links above a public page. `post` is what the page shows, if it shows one. */
export const OwnerBar = ({
  drafts = 0,
  post
}: {
  readonly post: Pick<Post, "id"> | undefined
  /** Number of drafts. */
  readonly drafts?: number | undefined
}): JSX.Element => (
  <aside class="owner" aria-label={texts.theme.owner.label}>
    <ul class="col">
      {post !== undefined && (
        <li>
          <a href={`/admin/edit/${post.id}`}>
            <Icon name="edit" />
            {texts.theme.owner.edit}
          </a>
        </li>
      )}
      <li>
        <a href="/admin/new">
          <Icon name="new" />
          {texts.theme.owner.write}
        </a>
      </li>
      <li>
        <a href="/admin/?state=draft">
          {drafts === 0 ? texts.theme.owner.drafts : texts.theme.owner.numberOfDrafts(drafts)}
        </a>
      </li>
      <li class="end">
        <a href="/admin/settings">{texts.theme.owner.settings}</a>
      </li>
    </ul>
  </aside>
)

/** Says why visitors do not see a post. `now` is in epoch milliseconds. */
export const OnlyYou = ({
  now,
  post,
  site
}: {
  readonly now: number
  readonly post: Post
  readonly site: Site
}): JSX.Element | null => {
  const reason = reasonOf(post, now, site)
  return reason === undefined ? null : (
    <p class="notice only-you col" role="note">
      {reason} {texts.theme.owner.onlyYou}
      {(post.status === "draft" || post.publishedAt > now) && (
        <>
          {" "}
          <a href={`/admin/posts/${post.id}/link`}>{texts.drafts.link}</a>
        </>
      )}
    </p>
  )
}

const reasonOf = (post: Post, now: number, site: Site): string | undefined => {
  if (post.status === "draft") return texts.theme.owner.draft
  if (post.visibility === "private") return texts.theme.owner.private
  return post.publishedAt > now
    ? texts.theme.owner.scheduled({ time: site.formatMinute(post.publishedAt, post.publishedOffset) })
    : undefined
}
