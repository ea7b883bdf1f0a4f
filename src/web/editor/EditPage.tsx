import type { JSX } from "preact"
import { formOf, isSameTime, type PostForm, timeFields } from "../../domain/editor/PostForm.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import { renderingNotice } from "../../domain/posts/Rendering.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { Problems } from "./Field.js"
import { type PostFormProps, PostFormView } from "./PostFormView.js"
import { isOpenToVisitors, type PostState } from "./PostState.js"
import { editorScript } from "./Script.js"
import { editTexts, fieldTexts, stateTexts, visibilityTexts } from "./Texts.js"

/** Actions that a save may have done; the address names the action. */
export const outcomes = ["draft", "published", "scheduled", "updated", "unpublished", "restored", "kept"] as const

export type Outcome = (typeof outcomes)[number]

/** Properties of the editor page. */
export interface EditPageProps extends PostFormProps {
  readonly now: number
  readonly outcome?: Outcome
  /** The newer version that a save would have overwritten. */
  readonly conflict?: Post
}

/** The page on which a post is written. */
export const EditPage = ({ conflict, now, outcome, ...form }: EditPageProps): JSX.Element => {
  const { post, site, state } = form
  return (
    <AdminLayout
      site={site}
      title={titleOf(post, state)}
      {...(post !== undefined && { section: "posts" as const })}
      scripts={[editorScript.path]}
    >
      <header class="editor-header">
        <h1>{titleOf(post, state)}</h1>
        {post !== undefined && <Standing post={post} now={now} site={site} state={state} />}
      </header>
      {outcome !== undefined && post !== undefined && (
        <Done outcome={outcome} post={post} site={site} isOpen={isOpenToVisitors(post, now)} />
      )}
      {post !== undefined && post.rendering.state !== "rendered" && (
        <p class="notice" role="status">
          {renderingNotice(post.rendering.state)}
        </p>
      )}
      {conflict !== undefined && <Conflict form={form.form} newer={conflict} site={site} />}
      <Problems faults={form.faults} />
      <div class="notice recovered" data-recovered hidden>
        <p>
          Unsaved text from <span data-recovered-time /> found in this browser.
        </p>
        <p class="actions">
          <button type="button" class="button small" data-recover>
            {editTexts.restoreUnsaved}
          </button>
          <button type="button" class="button quiet small" data-forget>
            {editTexts.discardUnsaved}
          </button>
        </p>
      </div>
      <div class="desk">
        <PostFormView {...form} />
        <section class="preview" aria-label={editTexts.previewPane} tabIndex={0} data-preview-pane hidden />
      </div>
    </AdminLayout>
  )
}

const titleOf = (post: Post | undefined, state: PostState): string => {
  if (post === undefined) return editTexts.titles.new
  return state === "draft" ? editTexts.titles.draft : editTexts.titles.post
}

const Standing = ({
  now,
  post,
  site,
  state
}: {
  readonly post: Post
  readonly now: number
  readonly site: Site
  readonly state: PostState
}): JSX.Element => (
  <p class="standing">
    <span class={`state ${state}`}>{stateTexts[state]}</span>
    {state === "scheduled" && (
      <span>{editTexts.scheduledFor({ time: site.formatMinute(post.publishedAt, post.publishedOffset) })}</span>
    )}
    {post.visibility !== "public" && <span class="state">{visibilityTexts[post.visibility]}</span>}
    <span>{editTexts.lastChanged({ time: site.formatMinute(post.updatedAt) })}</span>
    {isOpenToVisitors(post, now) ? (
      <a href={pathOf(post)}>{editTexts.view}</a>
    ) : (
      <a href={`/admin/preview/${post.id}`}>{editTexts.preview}</a>
    )}
  </p>
)

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
    draft: editTexts.outcomes.draft,
    published: post.visibility === "private" ? editTexts.outcomes.publishedPrivately : editTexts.outcomes.published,
    scheduled: editTexts.outcomes.scheduled({ time: site.formatMinute(post.publishedAt, post.publishedOffset) }),
    updated: editTexts.outcomes.updated,
    unpublished: editTexts.outcomes.unpublished,
    restored: editTexts.outcomes.restored,
    kept: editTexts.outcomes.kept
  }
  return (
    <div class="notice done" role="status" data-saved>
      <p>
        {words[outcome]}{" "}
        {isOpen && (
          <a href={pathOf(post)} data-view>
            {editTexts.viewOnSite}
          </a>
        )}
      </p>
    </div>
  )
}

const { media: _, ...fieldWords } = fieldTexts

/** Fields in which two versions differ, with the newer text. */
const differences = (mine: PostForm, theirs: PostForm, zone: TimeZone) => [
  ...Object.entries(fieldWords).flatMap(([field, label]) => {
    const name = field as keyof PostForm
    const time = timeFields.find((candidate) => candidate === name)
    if (time !== undefined) return isSameTime(mine[time], theirs[time], zone) ? [] : [{ label, text: theirs[time] }]
    return String(mine[name]).replace(/\r\n?/g, "\n").trim() === String(theirs[name]).trim()
      ? []
      : [{ label, text: String(theirs[name]) }]
  }),
  ...(JSON.stringify(mine.media) === JSON.stringify(theirs.media)
    ? []
    : [
        {
          label: fieldTexts.media,
          text: theirs.media.map(({ alt, url }) => (alt === "" ? url : `${url} (${alt})`)).join("\n")
        }
      ])
]

/**
 * Shows both versions and the choice between them. The form below holds the owner's version; saving it now overwrites
 * the other.
 */
const Conflict = ({
  form,
  newer,
  site
}: {
  readonly form: PostForm
  readonly newer: Post
  readonly site: Site
}): JSX.Element => {
  const differing = differences(form, formOf(newer, site.zone), site.zone)
  return (
    <section class="alert conflict" role="alert" id="problems" tabIndex={-1} aria-labelledby="conflict-title">
      <strong id="conflict-title">{editTexts.conflict.title}</strong>
      <p>{editTexts.conflict.explanation({ time: site.formatMinute(newer.updatedAt) })}</p>
      {differing.length === 0 ? (
        <p>{editTexts.conflict.identical}</p>
      ) : (
        <dl>
          {differing.map(({ label, text }) => (
            <div key={label}>
              <dt>{editTexts.conflict.otherField({ label })}</dt>
              <dd>
                {text === "" ? (
                  <em>{editTexts.conflict.empty}</em>
                ) : (
                  <pre class="kept" dir="auto" tabIndex={0}>
                    {text}
                  </pre>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        To keep your version, save it again with the buttons below; it replaces the other version. To keep the other
        version,{" "}
        <a href={`/admin/edit/${newer.id}`} data-discard>
          discard yours
        </a>
        . To combine them, copy text from here into the form.
      </p>
    </section>
  )
}
