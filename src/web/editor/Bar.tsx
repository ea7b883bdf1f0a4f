import type { JSX } from "preact"
import { drawerId } from "./Drawer.js"
import { Icon } from "./Icon.js"
import type { PostFormProps } from "./PostFormView.js"
import { editTexts, formTexts, stateTexts, visibilityTexts } from "./Texts.js"

/** The bar above the text: the way back, the state of the post, and its actions. */
export const Bar = ({ post, site, state }: PostFormProps): JSX.Element => (
  <header class="ed-bar">
    <a class="btn square quiet" href="/admin/" aria-label={editTexts.back} title={editTexts.back}>
      <Icon name="back" />
    </a>
    <p class="state">
      <b data-state data-new={stateTexts.draft}>
        {post === undefined ? editTexts.newPost : stateTexts[state]}
      </b>{" "}
      {state === "scheduled" && post !== undefined && (
        <span>{site.formatMinute(post.publishedAt, post.publishedOffset)} </span>
      )}
      {post !== undefined && post.visibility !== "public" && <span>{visibilityTexts[post.visibility]} </span>}
      <span data-status />
    </p>
    <p class="unseen" role="status" data-announce />
    {state === "draft" && (
      <button type="submit" name="intent" value="draft" class="btn quiet" data-save data-without-script>
        {formTexts.saveDraft}
      </button>
    )}
    {state === "scheduled" && (
      <button type="submit" name="intent" value="draft" class="btn quiet wide-only">
        {formTexts.unschedule}
      </button>
    )}
    <button
      type="submit"
      class="btn quiet"
      formaction="/admin/preview"
      formtarget="_blank"
      formenctype="application/x-www-form-urlencoded"
      title={formTexts.preview}
      data-preview
      data-edit={formTexts.edit}
    >
      <Icon name="view" />
      <span class="words" data-preview-words>
        {formTexts.preview}
      </span>
    </button>
    <button
      type="button"
      class="btn square quiet"
      aria-label={formTexts.settings}
      title={formTexts.settings}
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
      title={formTexts.withKey({ label: state === "draft" ? formTexts.publish : formTexts.update })}
      data-publish
    >
      {state === "draft" ? formTexts.publish : formTexts.update}
    </button>
  </header>
)
