import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { texts } from "../../texts/Texts.js"
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
  <AdminLayout site={site} title={texts.editor.delete.question} section="posts">
    <h1>{texts.editor.delete.question}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {isOpenToVisitors(post, now) ? texts.editor.delete.effect : texts.editor.delete.unseen}{" "}
      {texts.editor.delete.restorable}
    </p>
    <form method="post" action={`/admin/delete/${post.id}`} class="actions confirm">
      <button type="submit" class="button">
        {texts.editor.delete.delete}
      </button>
      <a class="button quiet" href={`/admin/edit/${post.id}`}>
        {texts.editor.delete.cancel}
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
  <AdminLayout site={site} title={texts.editor.delete.deletedPost} section="posts">
    <h1>{texts.editor.delete.deletedPost}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {texts.editor.delete.deletedOn({
        time: site.formatMinute(post.deletedAt ?? now),
        isDraft: post.status === "draft"
      })}
    </p>
    <div class="actions confirm">
      <form method="post" action={`/admin/restore/${post.id}`}>
        <button type="submit" class="button">
          {texts.editor.delete.restore}
        </button>
      </form>
      <a class="button quiet" href={`/admin/preview/${post.id}`}>
        {texts.editor.delete.preview}
      </a>
      <a class="button quiet danger" href={`/admin/erase/${post.id}`}>
        {texts.editor.erase.link}
      </a>
    </div>
  </AdminLayout>
)
