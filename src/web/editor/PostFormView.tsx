import type { ComponentChildren, JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import type { FormFault } from "../../domain/editor/PostFormChange.js"
import type { Post } from "../../domain/posts/Post.js"
import type { TagCount } from "../../services/Posts.js"
import type { Site } from "../theme/Site.js"
import { type ControlAttributes, Field } from "./Field.js"
import { MediaFields } from "./MediaFields.js"
import { KindFields, PublicationFields } from "./MoreFields.js"
import type { PostState } from "./PostState.js"
import { fieldTexts, formTexts } from "./Texts.js"

/** Properties of the form: empty, as the post is stored, or as it was typed. */
export interface PostFormProps {
  readonly site: Site
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
  /** Key of the form. */
  readonly formKey: string
  /** The post that the form changes, if it exists, in its current state. */
  readonly post: Post | undefined
  readonly state: PostState
  readonly tags: ReadonlyArray<TagCount>
}

/** The editor's form. Every button works without script; the script finds elements by their `data-` attributes. */
export const PostFormView = ({ faults, form, formKey, post, site, state, tags }: PostFormProps): JSX.Element => (
  <form
    class="form wide editor"
    method="post"
    enctype="multipart/form-data"
    autoComplete="off"
    action={post === undefined ? "/admin/new" : `/admin/edit/${post.id}`}
    data-editor={state}
  >
    <input type="hidden" name="form_key" value={formKey} />
    <input type="hidden" name="post_id" value={post?.id ?? ""} />
    <input type="hidden" name="based_on" value={post?.updatedAt ?? ""} />
    <input type="hidden" name="format" value={form.format} />
    {/* The Enter key in a field presses the first button, which saves and publishes nothing. */}
    <button type="submit" name="intent" value="update" class="unseen" tabIndex={-1} aria-hidden="true">
      {formTexts.save}
    </button>
    <Field name="name" label={fieldTexts.name} hint={formTexts.hints.name} faults={faults}>
      {(control) => <input {...control} class="title" type="text" value={form.name} dir="auto" autoComplete="off" />}
    </Field>
    <Field name="content" label={fieldTexts.content} hint={contentHint(form.format)} faults={faults}>
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
    <Field name="category" label={fieldTexts.category} hint={formTexts.hints.category} faults={faults}>
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
    <PublicationFields form={form} faults={faults} site={site} state={state} />
    <KindFields form={form} faults={faults} site={site} />
    <Actions post={post} state={state} />
  </form>
)

const contentHint = (format: string): ComponentChildren =>
  format === "html" ? (
    formTexts.hints.html
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
    {/* HTML parsers drop a first line break, which may belong to the text. */}
    {`\n${value}`}
  </textarea>
)

const Actions = ({ post, state }: Pick<PostFormProps, "post" | "state">): JSX.Element => (
  <div class="editor-actions">
    <div class="actions">
      {state === "draft" ? (
        <>
          <button type="submit" name="intent" value="publish" class="button" data-publish>
            {formTexts.publish}
          </button>
          <button type="submit" name="intent" value="draft" class="button quiet" data-save>
            {formTexts.saveDraft}
          </button>
        </>
      ) : (
        <>
          <button type="submit" name="intent" value="update" class="button" data-publish>
            {formTexts.update}
          </button>
          <button type="submit" name="intent" value="draft" class="button quiet">
            {formTexts.unpublish}
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
        {formTexts.preview}
      </button>
      {post !== undefined && (
        <a class="delete" href={`/admin/delete/${post.id}`}>
          {formTexts.delete}
        </a>
      )}
      <p class="status" role="status" aria-live="polite" data-status />
    </div>
    <p class="keys" data-with-script hidden>
      <kbd>Ctrl</kbd> <kbd>Enter</kbd> {state === "draft" ? "publishes" : "updates"}, <kbd>Ctrl</kbd> <kbd>S</kbd> saves
    </p>
  </div>
)
