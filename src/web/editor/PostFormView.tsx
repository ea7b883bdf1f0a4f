import type { ComponentChildren, JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import type { Post } from "../../domain/posts/Post.js"
import type { TagCount } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Bar } from "./Bar.js"
import { Drawer } from "./Drawer.js"
import { Faults, fieldId } from "./Field.js"
import type { FormFault } from "./FormFault.js"
import { MediaFields } from "./MediaFields.js"
import type { PostState } from "./PostState.js"
import { Toolbar } from "./Toolbar.js"

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
  readonly now: number
  /** Maximum size of a file in bytes. */
  readonly mostBytes: number
}

/**
 * The editor's form, which is the whole page: bar, title and text, files, and the drawer for the rest. Every button works
 * without script, except the toolbar; the script finds elements by their `data-` attributes. `children` are the notices
 * above the title.
 */
export const PostFormView = ({
  children,
  heading,
  ...props
}: PostFormProps & { readonly heading: string; readonly children: ComponentChildren }): JSX.Element => {
  const { faults, form, formKey, mostBytes, post, state } = props
  return (
    <form
      class="writing"
      method="post"
      enctype="multipart/form-data"
      autoComplete="off"
      action={post === undefined ? "/admin/new" : `/admin/edit/${post.id}`}
      data-editor={state}
      data-most-bytes={mostBytes}
    >
      <input type="hidden" name="form_key" value={formKey} />
      <input type="hidden" name="post_id" value={post?.id ?? ""} />
      <input type="hidden" name="based_on" value={post?.updatedAt ?? ""} />
      <input type="hidden" name="format" value={form.format} />
      {/* The Enter key in a field presses the first button, which saves and publishes nothing. */}
      <button type="submit" name="intent" value="update" class="unseen" tabIndex={-1} aria-hidden="true">
        {texts.editor.form.save}
      </button>
      <Bar {...props} />
      <main id="main" class="ed-main">
        <h1 class="unseen" data-heading>
          {heading}
        </h1>
        <Toolbar isMarkdown={form.format !== "html"} />
        <Sheet form={form} faults={faults} isNew={post === undefined && faults.length === 0}>
          {children}
        </Sheet>
        <section class="ed-view" aria-label={texts.editor.edit.previewPane} data-preview-pane hidden>
          {/* Without scripts: the preview is the author's own text, but it may quote others. */}
          <iframe title={texts.editor.edit.previewFrame} sandbox="allow-same-origin allow-popups" data-preview-frame />
        </section>
        <div class="dock">
          <MediaFields media={form.media} faults={faults} />
          <p class="ed-foot">
            <span data-words />
            <span class="push" data-without-script>
              {contentHint(form.format)}
            </span>
            <span class="push" data-with-script hidden>
              {form.format === "html" ? texts.editor.form.hints.html : texts.editor.form.markdown}
            </span>
          </p>
        </div>
      </main>
      <Drawer {...props} />
    </form>
  )
}

const contentHint = (format: string): ComponentChildren =>
  format === "html" ? texts.editor.form.hints.html : <Rich text={texts.editor.form.hints.markdown} />

const Sheet = ({
  children,
  faults,
  form,
  isNew
}: Pick<PostFormProps, "faults" | "form"> & {
  readonly isNew: boolean
  readonly children: ComponentChildren
}): JSX.Element => (
  <div class="sheet">
    {children}
    <div class="title-field">
      <label class="unseen" for={fieldId("name")}>
        {texts.editor.fields.name}
      </label>
      <textarea
        {...control("name", faults)}
        class="ed-title"
        rows={1}
        dir="auto"
        placeholder={texts.editor.form.placeholders.name}
        data-title
      >
        {`\n${form.name}`}
      </textarea>
      <OwnFaults name="name" faults={faults} />
    </div>
    <div class="text-field">
      <label class="unseen" for={fieldId("content")}>
        {texts.editor.fields.content}
      </label>
      <textarea
        {...control("content", faults)}
        class="ed-text"
        rows={14}
        dir="auto"
        placeholder={texts.editor.form.placeholders.content}
        autofocus={isNew}
        data-text
      >
        {/* HTML parsers drop a first line break, which may belong to the text. */}
        {`\n${form.content}`}
      </textarea>
      <OwnFaults name="content" faults={faults} />
    </div>
  </div>
)

const control = (name: "name" | "content", faults: ReadonlyArray<FormFault>) => ({
  id: fieldId(name),
  name,
  ...(faults.some(({ field }) => field === name) && {
    "aria-describedby": `${fieldId(name)}-fault`,
    "aria-invalid": "true" as const
  })
})

const OwnFaults = ({
  faults,
  name
}: {
  readonly name: "name" | "content"
  readonly faults: ReadonlyArray<FormFault>
}) => <Faults id={`${fieldId(name)}-fault`} faults={faults.filter(({ field }) => field === name)} />
