import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { Icon } from "../theme/Icon.js"
import { acceptedFiles } from "./MediaFields.js"

/**
 * A form above the list of posts for a note with pictures. Works without script. "Open in editor" sends the same fields,
 * so that text and pictures come along; a note with errors opens there too.
 */
export const Composer = ({ formKey }: { readonly formKey: string }): JSX.Element => (
  <form
    class="card composer"
    method="post"
    enctype="multipart/form-data"
    action="/admin/new"
    autoComplete="off"
    data-composer
  >
    <input type="hidden" name="form_key" value={formKey} />
    <input type="hidden" name="from" value="list" />
    <label class="unseen" for="note">
      {texts.editor.composer.label}
    </label>
    <textarea id="note" name="content" rows={2} dir="auto" placeholder={texts.editor.composer.placeholder} />
    <div class="row">
      <span class="pick">
        <input
          type="file"
          name="files"
          multiple
          accept={acceptedFiles}
          aria-label={texts.editor.composer.pictures}
          title={texts.editor.composer.pictures}
        />
        <Icon name="photo" />
      </span>
      <button type="submit" name="intent" value="upload" class="btn quiet push">
        {texts.editor.composer.open}
      </button>
      <button
        type="submit"
        name="intent"
        value="publish"
        class="btn primary"
        title={texts.editor.composer.postKey}
        data-post
      >
        {texts.editor.composer.post}
      </button>
    </div>
  </form>
)
