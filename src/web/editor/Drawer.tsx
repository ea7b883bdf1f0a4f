import type { JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import { pathOf } from "../../domain/posts/Permalink.js"
import { Field } from "./Field.js"
import { Icon } from "./Icon.js"
import { KindFields } from "./KindFields.js"
import type { PostFormProps } from "./PostFormView.js"
import { isOpenToVisitors } from "./PostState.js"
import { StructureFields } from "./StructureFields.js"
import { fieldTexts, formTexts } from "./Texts.js"
import { TimeField } from "./TimeField.js"

/** The `id` of the drawer, for the button that opens it. */
export const drawerId = "drawer"

/** Fields that are not in the drawer. */
const outside: ReadonlySet<keyof PostForm> = new Set(["name", "content", "media"])

const visibilities = [
  { value: "public", label: formTexts.visibilities.public },
  { value: "unlisted", label: formTexts.visibilities.unlisted },
  { value: "private", label: formTexts.visibilities.private }
]

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
      aria-label={formTexts.settings}
      {...(!isFaulty && { popover: "auto" as const })}
      data-drawer
    >
      <header>
        <h2>{formTexts.settings}</h2>
        <button
          type="button"
          class="btn square quiet"
          aria-label={formTexts.close}
          title={formTexts.close}
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
          <legend>{fieldTexts.visibility}</legend>
          <div class="segments">
            {visibilities.map(({ label, value }) => (
              <label key={value}>
                <input type="radio" name="visibility" value={value} checked={value === form.visibility} />
                <span>{label}</span>
              </label>
            ))}
          </div>
          <small>{formTexts.hints.visibility}</small>
        </fieldset>
        <div class="stack">
          <TimeField
            name="published"
            label={state === "published" ? fieldTexts.published : formTexts.publishAt}
            hint={state === "published" ? formTexts.hints.published : formTexts.hints.publishAt}
            {...{ faults, form, site }}
          />
          {state === "draft" && (
            <button type="submit" name="intent" value="schedule" class="btn">
              {formTexts.schedule}
            </button>
          )}
        </div>
        <StructureFields form={form} faults={faults} />
        <Field
          name="slug"
          label={fieldTexts.slug}
          hint={state === "published" ? formTexts.hints.publishedSlug : formTexts.hints.newSlug}
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
        <Field name="summary" label={fieldTexts.summary} faults={faults}>
          {(control) => (
            <textarea {...control} rows={3} dir="auto" placeholder={formTexts.hints.summary}>
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
    <Field name="category" label={fieldTexts.category} hint={formTexts.hints.category} faults={faults}>
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
        {formTexts.lastChanged({ time: site.formatMinute(post.updatedAt) })}{" "}
        {isOpenToVisitors(post, now) ? (
          <a href={pathOf(post)}>{formTexts.view}</a>
        ) : (
          <a href={`/admin/preview/${post.id}`}>{formTexts.previewPage}</a>
        )}
      </p>
    )}
    <p class="row">
      {state !== "draft" && (
        <button type="submit" name="intent" value="draft" class="btn">
          {state === "scheduled" ? formTexts.unschedule : formTexts.unpublish}
        </button>
      )}
      <a
        class="btn danger"
        {...(post === undefined ? { hidden: true } : { href: `/admin/delete/${post.id}` })}
        data-delete
      >
        {formTexts.delete}
      </a>
    </p>
  </div>
)
