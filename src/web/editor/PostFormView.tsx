import type { JSX } from "preact"
import { rsvpAnswers } from "../../domain/Microformats.js"
import type { Post } from "../../domain/Post.js"
import { type PostForm, type RelationProperty, shownTime } from "../../domain/PostForm.js"
import type { FormFault } from "../../domain/PostFormChange.js"
import type { TagCount } from "../../services/Posts.js"
import type { Site } from "../theme/Site.js"
import { type ControlAttributes, Field } from "./Field.js"
import { MediaFields } from "./MediaFields.js"
import type { PostState } from "./PostState.js"

/** A form for writing, as it is shown: empty, as the post stands, or as it was typed. */
export interface PostFormProps {
  readonly site: Site
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
  /** The form's own name. */
  readonly formKey: string
  /** The post that the form changes, if there is one yet, and what it is now. */
  readonly post: Post | undefined
  readonly state: PostState
  readonly tags: ReadonlyArray<TagCount>
}

/** The form. Every button works without script; the script finds its way by the `data-` attributes. */
export const PostFormView = ({ faults, form, formKey, post, site, state, tags }: PostFormProps): JSX.Element => (
  <form
    class="form wide editor"
    method="post"
    enctype="multipart/form-data"
    action={post === undefined ? "/admin/new" : `/admin/edit/${post.id}`}
    data-editor={state}
  >
    <input type="hidden" name="form_key" value={formKey} autoComplete="off" />
    <input type="hidden" name="post_id" value={post?.id ?? ""} autoComplete="off" />
    <input type="hidden" name="based_on" value={post?.updatedAt ?? ""} autoComplete="off" />
    <input type="hidden" name="format" value={form.format} />
    {/* The first button is the one that the Enter key presses in a field: it keeps what there is, and publishes nothing. */}
    <button type="submit" name="intent" value="update" class="unseen" tabIndex={-1} aria-hidden="true">
      Save
    </button>
    <Field name="name" label="Title" hint="Optional: without one this is a note." faults={faults}>
      {(control) => <input {...control} class="title" type="text" value={form.name} dir="auto" autoComplete="off" />}
    </Field>
    <Field name="content" label="Text" hint={<ContentHint format={form.format} />} faults={faults}>
      {(control) => (
        <TextArea
          control={control}
          rows={12}
          value={form.content}
          autofocus={post === undefined && faults.length === 0}
        />
      )}
    </Field>
    <MediaFields media={form.media} faults={faults} />
    <Field name="category" label="Tags" hint="Separated by commas; without any comma, by spaces." faults={faults}>
      {(control) => (
        <input
          {...control}
          type="text"
          value={form.category}
          list="known-tags"
          dir="auto"
          autoComplete="off"
          autocapitalize="none"
          data-tags
        />
      )}
    </Field>
    <datalist id="known-tags">
      {tags.map(({ label, tag }) => (
        <option key={tag} value={label} />
      ))}
    </datalist>
    <Publication form={form} faults={faults} site={site} state={state} />
    <Kinds form={form} faults={faults} />
    <Actions post={post} state={state} />
  </form>
)

const ContentHint = ({ format }: { readonly format: string }): JSX.Element =>
  format === "html" ? (
    <>This post came as HTML, and is kept as HTML. What could do harm is left out when it is shown.</>
  ) : (
    <>
      Markdown: <code>**bold**</code>, <code>*italic*</code>, <code>[link](https://…)</code>, <code># heading</code>,{" "}
      <code>- list</code>, <code>&gt; quotation</code>. Line breaks are kept.
    </>
  )

const TextArea = ({
  autofocus = false,
  control,
  rows,
  value
}: {
  readonly control: ControlAttributes
  readonly rows: number
  readonly value: string
  readonly autofocus?: boolean
}): JSX.Element => (
  <textarea {...control} rows={rows} dir="auto" autofocus={autofocus} data-text>
    {/* Parsers drop a first line break, which may be the text's own. */}
    {`\n${value}`}
  </textarea>
)

type PartProps = Pick<PostFormProps, "form" | "faults">

const has = (faults: ReadonlyArray<FormFault>, fields: ReadonlyArray<keyof PostForm>) =>
  faults.some(({ field }) => fields.includes(field))

const visibilities = [
  { value: "public", label: "Public" },
  { value: "unlisted", label: "Unlisted: with the address" },
  { value: "private", label: "Private: only you" }
]

const Publication = ({ faults, form, site, state }: PartProps & Pick<PostFormProps, "site" | "state">): JSX.Element => (
  <details
    class="more-fields"
    open={
      form.published !== "" && state !== "published"
        ? true
        : form.visibility !== "public" || has(faults, ["slug", "visibility", "published", "summary"])
    }
  >
    <summary>When, for whom, and where</summary>
    <div class="fields">
      <div class="with-button">
        <TimeField
          name="published"
          label={state === "published" ? "Published" : "Publish at"}
          hint={
            state === "published" ? "Changing it moves the post in lists and feeds." : "Empty: as soon as you publish."
          }
          form={form}
          faults={faults}
        />
        {state === "draft" && (
          <p>
            <button type="submit" name="intent" value="schedule" class="button quiet small">
              Schedule for this time
            </button>
          </p>
        )}
      </div>
      <Field name="visibility" label="Visible to" faults={faults}>
        {(control) => (
          <select {...control}>
            {visibilities.map(({ label, value }) => (
              <option key={value} value={value} selected={value === form.visibility}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        name="slug"
        label="Address"
        hint={
          state === "published"
            ? "The old address goes on leading here."
            : "Empty: made from the title, or from the first words."
        }
        faults={faults}
      >
        {(control) => (
          <span class="prefixed">
            <span class="prefix" aria-hidden="true">{`${site.url.replace(/^https?:\/\//, "")}/notes/`}</span>
            <input
              {...control}
              type="text"
              value={form.slug}
              autoComplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          </span>
        )}
      </Field>
      <Field name="summary" label="Summary" hint="For lists, feeds and previews of links." faults={faults}>
        {(control) => (
          <textarea {...control} rows={2} dir="auto">
            {form.summary}
          </textarea>
        )}
      </Field>
    </div>
  </details>
)

const relations: ReadonlyArray<{ readonly name: RelationProperty; readonly label: string }> = [
  { name: "in-reply-to", label: "In reply to" },
  { name: "like-of", label: "Like of" },
  { name: "repost-of", label: "Repost of" },
  { name: "bookmark-of", label: "Bookmark of" }
]

const kindFields = ["in-reply-to", "like-of", "repost-of", "bookmark-of", "rsvp", "start", "end", "location"] as const

const Kinds = ({ faults, form }: PartProps): JSX.Element => (
  <details class="more-fields" open={has(faults, kindFields) || kindFields.some((name) => form[name] !== "")}>
    <summary>Reply, like, bookmark, event</summary>
    <div class="fields">
      {relations.map(({ label, name }) => (
        <Field key={name} name={name} label={label} faults={faults}>
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="url"
              value={form[name]}
              placeholder="https://…"
              autoComplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          )}
        </Field>
      ))}
      <Field name="rsvp" label="RSVP" hint="With the event's address under “In reply to”." faults={faults}>
        {(control) => (
          <select {...control}>
            <option value="">None</option>
            {rsvpAnswers.map((answer) => (
              <option key={answer} value={answer} selected={answer === form.rsvp}>
                {answer}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TimeField name="start" label="Event starts" hint="Makes this an event." form={form} faults={faults} />
      <TimeField name="end" label="Event ends" form={form} faults={faults} />
      <Field name="location" label="Place of the event" faults={faults}>
        {(control) => <input {...control} type="text" value={form.location} dir="auto" autoComplete="off" />}
      </Field>
    </div>
  </details>
)

/**
 * A date and a time. Without script it is UTC, and says so; the script turns it into the browser's own zone, says that,
 * and sends the zone along.
 */
const TimeField = ({
  faults,
  form,
  hint,
  label,
  name
}: PartProps & {
  readonly name: "published" | "start" | "end"
  readonly label: string
  readonly hint?: string
}): JSX.Element => {
  const value = shownTime(form[name])
  return (
    <Field
      name={name}
      label={
        <>
          {label} (<span data-zone>UTC</span>)
        </>
      }
      hint={hint}
      faults={faults}
    >
      {(control) =>
        value === "" || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) ? (
          <input {...control} type="datetime-local" value={value} autoComplete="off" data-time />
        ) : (
          <input {...control} type="text" value={value} autoComplete="off" />
        )
      }
    </Field>
  )
}

const Actions = ({ post, state }: Pick<PostFormProps, "post" | "state">): JSX.Element => (
  <div class="editor-actions">
    <div class="actions">
      {state === "draft" ? (
        <>
          <button type="submit" name="intent" value="publish" class="button" data-publish>
            Publish
          </button>
          <button type="submit" name="intent" value="draft" class="button quiet" data-save>
            Save draft
          </button>
        </>
      ) : (
        <>
          <button type="submit" name="intent" value="update" class="button" data-publish>
            Update
          </button>
          <button type="submit" name="intent" value="draft" class="button quiet">
            Turn into a draft
          </button>
        </>
      )}
      <button
        type="submit"
        class="button quiet"
        formaction="/admin/preview"
        formtarget="_blank"
        formenctype="application/x-www-form-urlencoded"
        data-preview
      >
        Preview
      </button>
      {post !== undefined && (
        <a class="delete" href={`/admin/delete/${post.id}`}>
          Delete
        </a>
      )}
      <p class="status" role="status" aria-live="polite" data-status />
    </div>
    <p class="keys" data-with-script hidden>
      <kbd>Ctrl</kbd> <kbd>Enter</kbd> {state === "draft" ? "publishes" : "updates"}, <kbd>Ctrl</kbd> <kbd>S</kbd> saves
    </p>
  </div>
)
