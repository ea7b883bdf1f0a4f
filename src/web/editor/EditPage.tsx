import type { JSX } from "preact"
import { formOf, isSameTime, type PostForm, timeFields } from "../../domain/editor/PostForm.js"
import { permalinkPath } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import { renderingNotice } from "../../domain/posts/Rendering.js"
import type { TimeZone } from "../../domain/TimeZone.js"
import { AdminLayout } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { Problems } from "./Field.js"
import { type PostFormProps, PostFormView } from "./PostFormView.js"
import { isOpenToVisitors, type PostState, stateWords } from "./PostState.js"
import { editorScript } from "./Script.js"

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
          This browser holds a text of <span data-recovered-time /> that was not saved.
        </p>
        <p class="actions">
          <button type="button" class="button small" data-recover>
            Bring it back
          </button>
          <button type="button" class="button quiet small" data-forget>
            Discard it
          </button>
        </p>
      </div>
      <div class="desk">
        <PostFormView {...form} />
        <section class="preview" aria-label="Preview" tabIndex={0} data-preview-pane hidden />
      </div>
    </AdminLayout>
  )
}

const titleOf = (post: Post | undefined, state: PostState): string => {
  if (post === undefined) return "Write"
  return state === "draft" ? "Edit draft" : "Edit post"
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
    <span class={`state ${state}`}>{stateWords[state]}</span>
    {state === "scheduled" && <span>for {site.formatMinute(post.publishedAt, post.publishedOffset)}</span>}
    {post.visibility !== "public" && (
      <span class="state">{post.visibility === "private" ? "Private" : "Unlisted"}</span>
    )}
    <span>Last changed {site.formatMinute(post.updatedAt)}</span>
    {isOpenToVisitors(post, now) ? (
      <a href={permalinkPath(post.slug)}>View</a>
    ) : (
      <a href={`/admin/preview/${post.id}`}>View as it would be</a>
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
    draft: "Saved as a draft. Only you can see it.",
    published: post.visibility === "private" ? "Published for you alone." : "Published.",
    scheduled: `Scheduled: it is published on ${site.formatMinute(post.publishedAt, post.publishedOffset)}.`,
    updated: "Updated.",
    unpublished: "Taken back: it is a draft now, and visitors do not see it any more.",
    restored: "Restored, as it was.",
    kept: "Your version is saved."
  }
  return (
    <div class="notice done" role="status" data-saved>
      <p>
        {words[outcome]}{" "}
        {isOpen && (
          <a href={permalinkPath(post.slug)} data-view>
            See it on your site
          </a>
        )}
      </p>
    </div>
  )
}

const fieldWords: Partial<Record<keyof PostForm, string>> = {
  name: "Title",
  content: "Text",
  summary: "Summary",
  category: "Tags",
  slug: "Address",
  visibility: "Visible to",
  published: "Published",
  "in-reply-to": "In reply to",
  "like-of": "Like of",
  "repost-of": "Repost of",
  "bookmark-of": "Bookmark of",
  rsvp: "RSVP",
  start: "Event starts",
  end: "Event ends",
  location: "Place of the event"
}

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
          label: "Pictures and recordings",
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
      <strong id="conflict-title">This post was changed elsewhere since you opened it</strong>
      <p>
        Nothing is saved yet, and nothing is lost. The other version is from {site.formatMinute(newer.updatedAt)}; yours
        stands in the form below.
      </p>
      {differing.length === 0 ? (
        <p>Both say the same.</p>
      ) : (
        <dl>
          {differing.map(({ label, text }) => (
            <div key={label}>
              <dt>{label} in the other version</dt>
              <dd>
                {text === "" ? (
                  <em>Empty</em>
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
        To keep yours, save it again with the buttons below: it then replaces the other. To keep the other,{" "}
        <a href={`/admin/edit/${newer.id}`} data-discard>
          discard yours and open it
        </a>
        . To have something of both, copy it from here into the form.
      </p>
    </section>
  )
}
