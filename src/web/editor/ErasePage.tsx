import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { texts } from "../../texts/Texts.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { callOf } from "./PostState.js"

/** Asks whether to remove a deleted post for good. */
export const ErasePage = ({
  files,
  post,
  site
}: {
  readonly post: Post
  /** Number of files that only this post uses. */
  readonly files: number
  readonly site: Site
}): JSX.Element => (
  <AdminLayout site={site} title={texts.editor.erase.question} section="posts">
    <h1>{texts.editor.erase.question}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {texts.editor.erase.effect} {post.status === "published" && `${texts.editor.erase.address} `}
      {texts.editor.erase.backups}
    </p>
    <form method="post" action={`/admin/erase/${post.id}`} class="confirm">
      {files > 0 && (
        <p>
          <label class="check">
            <input type="checkbox" name="files" /> {texts.editor.erase.files({ count: files })}
          </label>
        </p>
      )}
      <div class="actions">
        <button type="submit" class="button danger">
          {texts.editor.erase.erase}
        </button>
        <a class="button quiet" href={`/admin/edit/${post.id}`}>
          {texts.editor.erase.cancel}
        </a>
      </div>
    </form>
  </AdminLayout>
)
