import type { JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import type { UsedMedia } from "../../services/MediaLibrary.js"
import { texts } from "../../texts/Texts.js"
import { callOf } from "../editor/PostState.js"
import { bytes } from "../metrics/Quantity.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { callOfFile } from "./FileName.js"
import { Thumbnail } from "./Thumbnail.js"

/** Properties of the pages of one file. */
export interface FilePageProps {
  readonly site: Site
  readonly file: UsedMedia
  /** Posts that name it, newest first. */
  readonly posts: ReadonlyArray<Post>
}

/** Number of posts that a page names; more are counted. */
export const namedPosts = 20

/** Maximum length of a description in characters. */
export const longestDescription = 2000

/** A file: its facts, its description, and where it is used. */
export const FilePage = ({
  file,
  posts,
  saved,
  site
}: FilePageProps & { readonly saved: number | undefined }): JSX.Element => {
  const { alt, media, uses } = file
  return (
    <AdminLayout site={site} title={texts.library.file.title} section="media">
      <p class="back">
        <a href="/admin/media">{texts.library.file.back}</a>
      </p>
      <h1 class="file-title" dir="auto">
        {callOfFile(file, site)}
      </h1>
      {saved !== undefined && <Notice>{texts.library.file.saved({ count: saved })}</Notice>}
      <div class="file">
        <a class="file-view" href={media.path}>
          <Thumbnail media={media} />
          <span class="unseen">{texts.library.file.open}</span>
        </a>
        <div>
          {uses > 0 ? (
            <form method="post" action={`/admin/media/${media.id}`}>
              <label for="description">{texts.library.file.description}</label>
              <small id="description-hint">{texts.library.file.descriptionHint({ count: uses })}</small>
              <textarea
                id="description"
                name="description"
                rows={3}
                maxLength={longestDescription}
                dir="auto"
                aria-describedby="description-hint"
              >
                {alt}
              </textarea>
              <button type="submit" class="button">
                {texts.library.file.save}
              </button>
            </form>
          ) : (
            <p class="hint">{texts.library.file.noDescription}</p>
          )}
          <dl class="file-facts">
            <dt>{texts.library.file.size}</dt>
            <dd>
              {media.width !== undefined && `${media.width} × ${media.height}, `}
              {bytes(media.byteLength)}
            </dd>
            <dt>{texts.library.file.uploaded}</dt>
            <dd>
              <Time at={media.uploadedAt} site={site} />
            </dd>
            <dt>{texts.library.file.usedIn}</dt>
            <dd>
              <Uses file={file} posts={posts} site={site} />
            </dd>
            <dt>{texts.library.file.markdown}</dt>
            <dd>
              <code>{`![${alt.replace(/[\\[\]]/g, "\\$&")}](${media.path})`}</code>
            </dd>
          </dl>
          <p>
            <a class="button quiet danger" href={`/admin/media/${media.id}/delete`}>
              {texts.library.file.delete}
            </a>
          </p>
        </div>
      </div>
    </AdminLayout>
  )
}

/** The posts and settings that use a file. */
const Uses = ({ file: { isInSettings, uses }, posts, site }: FilePageProps): JSX.Element =>
  uses === 0 && !isInSettings ? (
    <span>{texts.library.unused}</span>
  ) : (
    <ul class="file-uses">
      {posts.map((post) => (
        <li key={post.id} dir="auto">
          <a href={`/admin/edit/${post.id}`}>{callOf(post, site)}</a>
          {post.deletedAt !== undefined && ` (${texts.library.file.deletedPost})`}
        </li>
      ))}
      {uses > posts.length && <li>{texts.library.file.more({ count: uses - posts.length })}</li>}
      {isInSettings && (
        <li>
          <a href="/admin/settings">{texts.library.inSettings}</a>
        </li>
      )}
    </ul>
  )

/** Asks whether to delete a file, and lists the posts and settings that use it. */
export const DeleteFilePage = ({
  file,
  isChanged,
  posts,
  site
}: FilePageProps & { readonly isChanged: boolean }): JSX.Element => (
  <AdminLayout site={site} title={texts.library.delete.question} section="media">
    <h1>{texts.library.delete.question}</h1>
    {isChanged && (
      <div class="alert" role="alert">
        <strong>{texts.library.delete.changed}</strong>
      </div>
    )}
    <blockquote class="about" dir="auto">
      {callOfFile(file, site)}
    </blockquote>
    <div class="file-small">
      <Thumbnail media={file.media} />
    </div>
    {file.uses > 0 && <p>{texts.library.delete.gap({ count: file.uses })}</p>}
    {file.uses > 0 && <Uses file={{ ...file, isInSettings: false }} posts={posts} site={site} />}
    {file.isInSettings && <p>{texts.library.delete.inSettings}</p>}
    <p>
      {texts.library.delete.forGood} {texts.library.delete.caches}
    </p>
    <form method="post" action={`/admin/media/${file.media.id}/delete`} class="actions confirm">
      <input type="hidden" name="standing" value={file.standing} />
      <button type="submit" class="button danger">
        {texts.library.delete.delete}
      </button>
      <a class="button quiet" href={`/admin/media/${file.media.id}`}>
        {texts.library.delete.cancel}
      </a>
    </form>
  </AdminLayout>
)
