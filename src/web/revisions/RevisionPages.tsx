import type { JSX } from "preact"
import type { DiffPart } from "../../domain/editor/WordDiff.js"
import type { Post } from "../../domain/posts/Post.js"
import type { PostRevision, RevisedPost } from "../../services/PostRevisions.js"
import { texts } from "../../texts/Texts.js"
import { callOf } from "../editor/PostState.js"
import { AdminLayout } from "../theme/AdminPage.js"
import { Notice } from "../theme/Notice.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import type { Difference } from "./Differences.js"

interface PageProps {
  readonly site: Site
  readonly post: Post
}

const pathOf = ({ id }: Post): string => `/admin/posts/${id}/revisions`

/** The changes of a post, newest first. */
export const RevisionsPage = ({
  isRestored,
  post,
  revisions,
  site
}: PageProps & { readonly revisions: ReadonlyArray<PostRevision>; readonly isRestored: boolean }): JSX.Element => (
  <AdminLayout site={site} title={texts.revisions.title} section="posts">
    <p class="back">
      <a href={`/admin/edit/${post.id}`}>{texts.revisions.back}</a>
    </p>
    <h1>{texts.revisions.title}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    {isRestored && <Notice>{texts.revisions.restored}</Notice>}
    {revisions.length === 0 ? (
      <p>{texts.revisions.none}</p>
    ) : (
      <>
        <p>{texts.revisions.count({ count: revisions.length })}</p>
        <ul class="records">
          {revisions.map((revision) => (
            <li key={revision.id}>
              <div>
                <a href={`${pathOf(post)}/${revision.id}`}>
                  <Time at={revision.replacedAt} site={site} />
                </a>
                {revision.replacedBy !== undefined && (
                  <small dir="auto">{texts.revisions.by({ name: revision.replacedBy })}</small>
                )}
              </div>
            </li>
          ))}
        </ul>
      </>
    )}
    <p class="hint">{texts.revisions.kept}</p>
  </AdminLayout>
)

/** A change: what it added and removed, and a button that restores the state before it. */
export const RevisionPage = ({
  differences,
  post,
  revision,
  site
}: PageProps & {
  readonly revision: RevisedPost
  readonly differences: ReadonlyArray<Difference>
}): JSX.Element => (
  <AdminLayout site={site} title={texts.revisions.change} section="posts">
    <p class="back">
      <a href={pathOf(post)}>{texts.revisions.all}</a>
    </p>
    <h1>{texts.revisions.change}</h1>
    <blockquote class="about" dir="auto">
      {callOf(post, site)}
    </blockquote>
    <p>
      {texts.revisions.changed}
      <Time at={revision.replacedAt} site={site} />{" "}
      {revision.replacedBy !== undefined && <span dir="auto">{texts.revisions.by({ name: revision.replacedBy })}</span>}
    </p>
    {differences.length === 0 && <p>{texts.revisions.nothing}</p>}
    {differences.map(({ name, parts }) => (
      <section key={name} class="difference">
        <h2>{labelOf(name)}</h2>
        <div class="diff" dir="auto">
          {parts.map((part, place) => (
            <Part key={place} {...part} />
          ))}
        </div>
      </section>
    ))}
    {post.deletedAt === undefined && (
      <form method="post" action={`${pathOf(post)}/${revision.id}`} class="confirm">
        <input type="hidden" name="based_on" value={post.updatedAt} />
        <p class="hint" id="restore-hint">
          {texts.revisions.restoreHint}
        </p>
        <button type="submit" class="button" aria-describedby="restore-hint">
          {texts.revisions.restore}
        </button>
      </form>
    )}
  </AdminLayout>
)

const labelOf = (name: string): string => {
  const labels: Readonly<Record<string, string>> = { ...texts.editor.fields, ...texts.revisions.fields }
  return labels[name] ?? name
}

/** Shows a part of a comparison. Screen readers get in words what colours and lines show. */
const Part = ({ kind, text }: DiffPart): JSX.Element => {
  if (kind === "kept") return <span>{text}</span>
  const Tag = kind === "added" ? "ins" : "del"
  return (
    <Tag>
      <span class="unseen">{texts.revisions[kind]} </span>
      {text}
      <span class="unseen"> {texts.revisions.end}</span>
    </Tag>
  )
}
