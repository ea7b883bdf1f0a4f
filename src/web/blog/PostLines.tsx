import type { JSX } from "preact"
import { formatMoment, formatRfc3339 } from "../../domain/Moment.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { kindOf } from "../../domain/posts/PostKind.js"
import { beginningOf } from "../../domain/posts/Shown.js"
import { texts } from "../../texts/Texts.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import { KindIcon } from "../theme/KindIcon.js"
import type { Site } from "../theme/Site.js"

/** Text of a post in a list of one line per post: its name, a caption, or its beginning. */
export const lineOf = (post: ListedPost, site: Site): string => {
  const entry = entryView(post, site)
  return captionOf(entry) ?? (beginningOf(post, 120) || site.formatDay(post.publishedAt, entry.publishedOffset))
}

/** Posts of some days, one line each, by the day of the month in the site's time zone. */
export const PostLines = ({
  posts,
  site
}: {
  readonly posts: ReadonlyArray<ListedPost>
  readonly site: Site
}): JSX.Element => (
  <ol class="lines h-feed">
    {posts.map((post) => (
      <Line key={post.id} post={post} site={site} />
    ))}
  </ol>
)

const Line = ({ post, site }: { readonly post: ListedPost; readonly site: Site }): JSX.Element => {
  const { publishedAt: at } = post
  const offset = site.zone.offsetAt(at)
  const day = new Date(at + offset * 1000).getUTCDate()
  const kind = kindOf(post)
  const line = lineOf(post, site)
  return (
    <li class="h-entry">
      <time class="dt-published" datetime={formatRfc3339(at, offset) ?? formatMoment({ at, offset })}>
        {day}
      </time>{" "}
      <KindIcon kind={kind} />
      {kind !== "page" && <span class="unseen">{`${texts.theme.kinds[kind]}: `}</span>}
      <a class="u-url p-name" href={entryView(post, site).path} dir="auto">
        {kind === "article" ? <b>{line}</b> : line}
      </a>
    </li>
  )
}
