import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import type { PostPage } from "../../services/Posts.js"
import { ListedEntry } from "../theme/Entry.js"
import { entryView } from "../theme/EntryView.js"
import { Pagination } from "../theme/Pagination.js"
import type { Site } from "../theme/Site.js"
import { neighbours } from "./PageCursor.js"

/** Number of posts on one page of a list. */
export const pageSize = 20

/**
 * One page of a list of posts, with links to the neighbouring pages. `list` is the address of the list's first page.
 */
export const EntryList = (props: {
  readonly list: string
  readonly page: PostPage<ListedPost>
  readonly site: Site
}): JSX.Element => (
  <>
    {props.page.posts.map((post, index) => (
      <ListedEntry key={post.id} entry={entryView(post, props.site)} site={props.site} isFirst={index === 0} />
    ))}
    {props.page.posts.length === 0 && (
      <p>
        No posts on this page. <a href={props.list}>Go to the newest posts</a>
      </p>
    )}
    <Pagination {...neighbours(props.list, props.page)} />
  </>
)
