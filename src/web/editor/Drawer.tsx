import type { JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import { texts } from "../../texts/Texts.js"
import { Field } from "./Field.js"
import { Icon } from "./Icon.js"
import { KindFields } from "./KindFields.js"
import type { PostFormProps } from "./PostFormView.js"
import { isOpenToVisitors } from "./PostState.js"
import { StructureFields } from "./StructureFields.js"
import { TimeField } from "./TimeField.js"

/** The `id` of the drawer, for the button that opens it. */
export const drawerId = "drawer"

/** Fields that are not in the drawer. */
const outside: ReadonlySet<keyof PostForm> = new Set(["name", "content", "media"])

const visibilities = ["public", "unlisted", "private"] as const

/**
 * Everything about a post except its title, text and files. A popover, so that it opens and closes without script; with
 * an error in it, it is part of the page.
 */
export const Drawer = (props: PostFormProps): JSX.Element => {
  const { faults, form, site, state, tags } = props
  const isFaulty = faults.some(({ field }) => !outside.has(field))
  return (
    <aside
      id={drawerId}
      class="drawer"
      aria-label={texts.editor.form.settings}
      {...(!isFaulty && { popover: "auto" as const })}
      data-drawer
    >
      <header>
        <h2>{texts.editor.form.settings}</h2>
        <button
          type="button"
          class="btn square quiet"
          aria-label={texts.editor.form.close}
          title={texts.editor.form.close}
          popovertarget={drawerId}
          popovertargetaction="hide"
          data-drawer-close
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="stack">
        <TagField faults={faults} form={form} tags={tags} />
        <fieldset class="field">
          <legend>{texts.editor.fields.visibility}</legend>
          <div class="segments">
            {visibilities.map((value) => (
              <label key={value}>
                <input type="radio" name="visibility" value={value} checked={value === form.visibility} />
                <span>{texts.editor.form.visibilities[value]}</span>
              </label>
            ))}
          </div>
          <small>{texts.editor.form.hints.visibility}</small>
        </fieldset>
        <div class="stack">
          <TimeField
            name="published"
            label={state === "published" ? texts.editor.fields.published : texts.editor.form.publishAt}
            hint={state === "published" ? texts.editor.form.hints.published : texts.editor.form.hints.publishAt}
            {...{ faults, form, site }}
          />
          {state === "draft" && (
            <button type="submit" name="intent" value="schedule" class="btn">
              {texts.editor.form.schedule}
            </button>
          )}
        </div>
        <StructureFields form={form} faults={faults} site={site} />
        <Field
          name="slug"
          label={texts.editor.fields.slug}
          hint={state === "published" ? texts.editor.form.hints.publishedSlug : texts.editor.form.hints.newSlug}
          faults={faults}
        >
          {(control) => (
            <span class="prefixed">
              <span
                class="prefix"
                aria-hidden="true"
              >{`${site.url.replace(/^https?:\/\//, "")}${form.kind === "page" ? "/" : "/notes/"}`}</span>
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
        <Field name="summary" label={texts.editor.fields.summary} faults={faults}>
          {(control) => (
            <textarea {...control} rows={3} dir="auto" placeholder={texts.editor.form.hints.summary}>
              {form.summary}
            </textarea>
          )}
        </Field>
        <KindFields form={form} faults={faults} site={site} />
        <Others {...props} />
      </div>
    </aside>
  )
}

const TagField = ({ faults, form, tags }: Pick<PostFormProps, "faults" | "form" | "tags">): JSX.Element => (
  <>
    <Field name="category" label={texts.editor.fields.category} hint={texts.editor.form.hints.category} faults={faults}>
      {(control) => (
        <span class="tagbox">
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
        </span>
      )}
    </Field>
    <datalist id="known-tags">
      {tags.map(({ label, tag }) => (
        <option key={tag} value={label} />
      ))}
    </datalist>
  </>
)

/** What else can be done with the post. */
const Others = ({ now, post, site, state }: PostFormProps): JSX.Element => (
  <div class="others">
    {post !== undefined && (
      <p class="muted">
        {texts.editor.form.lastChanged({ time: site.formatMinute(post.updatedAt) })}{" "}
        <a href={`/admin/posts/${post.id}/revisions`}>{texts.revisions.link}</a>{" "}
        {isOpenToVisitors(post, now) ? (
          <a href={pathOf(post)}>{texts.editor.form.view}</a>
        ) : (
          <a href={`/admin/preview/${post.id}`}>{texts.editor.form.previewPage}</a>
        )}{" "}
        {state !== "published" && <a href={`/admin/posts/${post.id}/link`}>{texts.drafts.link}</a>}
      </p>
    )}
    <p class="row">
      {state !== "draft" && (
        <button type="submit" name="intent" value="draft" class="btn">
          {state === "scheduled" ? texts.editor.form.unschedule : texts.editor.form.unpublish}
        </button>
      )}
      <a
        class="btn danger"
        {...(post === undefined ? { hidden: true } : { href: `/admin/delete/${post.id}` })}
        data-delete
      >
        {texts.editor.form.delete}
      </a>
    </p>
  </div>
)
