import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { callOf, isOpenToVisitors } from "./PostState.js"
import { deleteTexts } from "./Texts.js"

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
  <AdminLayout site={site} title={deleteTexts.question} section="posts">
    <h1>{deleteTexts.question}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {isOpenToVisitors(post, now) ? deleteTexts.effect : deleteTexts.unseen} {deleteTexts.restorable}
    </p>
    <form method="post" action={`/admin/delete/${post.id}`} class="actions confirm">
      <button type="submit" class="button">
        {deleteTexts.delete}
      </button>
      <a class="button quiet" href={`/admin/edit/${post.id}`}>
        {deleteTexts.cancel}
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
  <AdminLayout site={site} title={deleteTexts.deletedPost} section="posts">
    <h1>{deleteTexts.deletedPost}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>{deleteTexts.deletedOn({ time: site.formatMinute(post.deletedAt ?? now), isDraft: post.status === "draft" })}</p>
    <div class="actions confirm">
      <form method="post" action={`/admin/restore/${post.id}`}>
        <button type="submit" class="button">
          {deleteTexts.restore}
        </button>
      </form>
      <a class="button quiet" href={`/admin/preview/${post.id}`}>
        {deleteTexts.preview}
      </a>
    </div>
  </AdminLayout>
)
