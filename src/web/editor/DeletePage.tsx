import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { callOf, isOpenToVisitors } from "./PostState.js"

/** Asks for confirmation, and describes the effect. */
export const DeletePage = ({
  now,
  post,
  site
}: {
  readonly post: Post
  readonly site: Site
  readonly now: number
}): JSX.Element => (
  <AdminLayout site={site} title="Delete this post?" section="posts">
    <h1>Delete this post?</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {isOpenToVisitors(post, now)
        ? "It leaves your pages, feeds and search, and whoever opens its address is told that it is gone."
        : "Nobody but you has seen it here."}{" "}
      You can restore it at any time, from the list of deleted posts.
    </p>
    <form method="post" action={`/admin/delete/${post.id}`} class="actions confirm">
      <button type="submit" class="button">
        Delete
      </button>
      <a class="button quiet" href={`/admin/edit/${post.id}`}>
        Keep it
      </a>
    </form>
  </AdminLayout>
)

/** The page of a deleted post in the editor. */
export const DeletedPage = ({
  now,
  post,
  site
}: {
  readonly post: Post
  readonly site: Site
  readonly now: number
}): JSX.Element => (
  <AdminLayout site={site} title="A deleted post" section="posts">
    <h1>A deleted post</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      Deleted on {site.formatMinute(post.deletedAt ?? now)}
      {post.status === "draft" ? ", while it was a draft" : ""}. Restore it to edit it.
    </p>
    <div class="actions confirm">
      <form method="post" action={`/admin/restore/${post.id}`}>
        <button type="submit" class="button">
          Restore
        </button>
      </form>
      <a class="button quiet" href={`/admin/preview/${post.id}`}>
        Read it
      </a>
    </div>
  </AdminLayout>
)
