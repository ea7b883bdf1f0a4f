import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { drawerId } from "./Drawer.js"
import { Icon } from "./Icon.js"
import type { PostFormProps } from "./PostFormView.js"

/** The bar above the text: the way back, the state of the post, and its actions. */
export const Bar = ({ post, site, state }: PostFormProps): JSX.Element => (
  <header class="ed-bar">
    <a class="btn square quiet" href="/admin/" aria-label={texts.editor.edit.back} title={texts.editor.edit.back}>
      <Icon name="back" />
    </a>
    <p class="state">
      <b data-state data-new={texts.editor.states.draft}>
        {post === undefined ? texts.editor.edit.newPost : texts.editor.states[state]}
      </b>{" "}
      {state === "scheduled" && post !== undefined && (
        <span>{site.formatMinute(post.publishedAt, post.publishedOffset)} </span>
      )}
      {post !== undefined && post.visibility !== "public" && <span>{texts.editor.visibilities[post.visibility]} </span>}
      <span data-status />
    </p>
    <p class="unseen" role="status" data-announce />
    {state === "draft" && (
      <button type="submit" name="intent" value="draft" class="btn quiet" data-save data-without-script>
        {texts.editor.form.saveDraft}
      </button>
    )}
    {state === "scheduled" && (
      <button type="submit" name="intent" value="draft" class="btn quiet wide-only">
        {texts.editor.form.unschedule}
      </button>
    )}
    <button
      type="submit"
      class="btn quiet"
      formaction="/admin/preview"
      formtarget="_blank"
      formenctype="application/x-www-form-urlencoded"
      title={texts.editor.form.preview}
      data-preview
      data-edit={texts.editor.form.edit}
    >
      <Icon name="view" />
      <span class="words" data-preview-words>
        {texts.editor.form.preview}
      </span>
    </button>
    <button
      type="button"
      class="btn square quiet"
      aria-label={texts.editor.form.settings}
      title={texts.editor.form.settings}
      aria-controls={drawerId}
      popovertarget={drawerId}
      data-drawer-button
    >
      <Icon name="settings" />
    </button>
    <button
      type="submit"
      name="intent"
      value={state === "draft" ? "publish" : "update"}
      class="btn primary"
      title={texts.editor.form.withKey({
        label: state === "draft" ? texts.editor.form.publish : texts.editor.form.update
      })}
      data-publish
    >
      {state === "draft" ? texts.editor.form.publish : texts.editor.form.update}
    </button>
  </header>
)
