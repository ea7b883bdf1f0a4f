import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { Icon } from "./Icon.js"
import type { Site } from "./Site.js"
import { ownerTexts } from "./Texts.js"

/** The owner's links above a public page. `post` is what the page shows, if it shows one. */
export const OwnerBar = ({ post }: { readonly post: Pick<Post, "id"> | undefined }): JSX.Element => (
  <aside class="owner" aria-label={ownerTexts.label}>
    <ul class="col">
      {post !== undefined && (
        <li>
          <a href={`/admin/edit/${post.id}`}>
            <Icon name="edit" />
            {ownerTexts.edit}
          </a>
        </li>
      )}
      <li>
        <a href="/admin/new">
          <Icon name="new" />
          {ownerTexts.write}
        </a>
      </li>
      <li>
        <a href="/admin/?state=draft">{ownerTexts.drafts}</a>
      </li>
      <li class="end">
        <a href="/admin/settings">{ownerTexts.settings}</a>
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
      {reason} {ownerTexts.onlyYou}
    </p>
  )
}

const reasonOf = (post: Post, now: number, site: Site): string | undefined => {
  if (post.status === "draft") return ownerTexts.draft
  if (post.visibility === "private") return ownerTexts.private
  return post.publishedAt > now
    ? ownerTexts.scheduled({ time: site.formatMinute(post.publishedAt, post.publishedOffset) })
    : undefined
}
