import type { JSX } from "preact"
import { pathOf } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import { texts } from "../../texts/Texts.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Conflict } from "./Conflict.js"
import { Problems } from "./Field.js"
import { Icon } from "./Icon.js"
import { type PostFormProps, PostFormView } from "./PostFormView.js"
import { isOpenToVisitors, type PostState } from "./PostState.js"
import { WritingDocument } from "./WritingDocument.js"

/** Actions that a save may have done; the address names the action. */
export const outcomes = ["draft", "published", "scheduled", "updated", "unpublished", "restored", "kept"] as const

export type Outcome = (typeof outcomes)[number]

/** Properties of the editor page. */
export interface EditPageProps extends PostFormProps {
  readonly outcome?: Outcome
  /** The newer version that a save would have overwritten. */
  readonly conflict?: Post
}

/** The page on which a post is written. */
export const EditPage = ({ conflict, outcome, ...form }: EditPageProps): JSX.Element => {
  const { now, post, site, state } = form
  const title = titleOf(post, state)
  return (
    <WritingDocument site={site} title={title}>
      <PostFormView {...form} heading={title}>
        {outcome !== undefined && post !== undefined && (
          <Done outcome={outcome} post={post} site={site} isOpen={isOpenToVisitors(post, now)} />
        )}
        {post !== undefined && post.rendering.state !== "rendered" && (
          <div class="notice warn" role="status">
            <Icon name="warning" />
            <p>{texts.editor.rendering[post.rendering.state]}</p>
          </div>
        )}
        {conflict !== undefined && <Conflict form={form.form} newer={conflict} site={site} />}
        <Problems faults={form.faults} />
        <div class="notice" data-recovered hidden>
          <p>
            <Rich text={texts.editor.edit.unsavedFrom} values={{ time: <span data-recovered-time /> }} />
          </p>
          <button type="button" class="btn" data-recover>
            {texts.editor.edit.restoreUnsaved}
          </button>
          <button type="button" class="btn quiet" data-forget>
            {texts.editor.edit.discardUnsaved}
          </button>
        </div>
        <div data-notices />
      </PostFormView>
    </WritingDocument>
  )
}

const titleOf = (post: Post | undefined, state: PostState): string => {
  if (post === undefined) return texts.editor.edit.titles.new
  return state === "draft" ? texts.editor.edit.titles.draft : texts.editor.edit.titles.post
}

const Done = ({
  isOpen,
  outcome,
  post,
  site
}: {
  readonly outcome: Outcome
  readonly post: Post
  readonly site: Site
  readonly isOpen: boolean
}): JSX.Element => {
  const words: Record<Outcome, string> = {
    draft: texts.editor.edit.outcomes.draft,
    published:
      post.visibility === "private"
        ? texts.editor.edit.outcomes.publishedPrivately
        : texts.editor.edit.outcomes.published,
    scheduled: texts.editor.edit.outcomes.scheduled({
      time: site.formatMinute(post.publishedAt, post.publishedOffset)
    }),
    updated: texts.editor.edit.outcomes.updated,
    unpublished: texts.editor.edit.outcomes.unpublished,
    restored: texts.editor.edit.outcomes.restored,
    kept: texts.editor.edit.outcomes.kept
  }
  return (
    <div class="notice ok" role="status" data-saved>
      <Icon name="done" />
      <p>
        {words[outcome]}{" "}
        {isOpen && (
          <a href={pathOf(post)} data-view>
            {texts.editor.edit.viewOnSite}
          </a>
        )}
      </p>
    </div>
  )
}
