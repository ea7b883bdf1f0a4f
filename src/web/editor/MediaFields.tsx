import type { JSX } from "preact"
import { type FormMedium, type MediaProperty, mediaProperties } from "../../domain/editor/PostForm.js"
import { texts } from "../../texts/Texts.js"
import { LongList } from "../theme/LongList.js"
import { Faults, fieldId } from "./Field.js"
import type { FormFault } from "./FormFault.js"
import { Icon } from "./Icon.js"

/** File types that file fields offer. Safari on phones converts HEIC to JPEG for them. */
export const acceptedFiles = "image/jpeg,image/png,image/gif,image/webp,image/avif,video/*,audio/*"

/**
 * The strip of a post's files. The attached ones have their description and buttons that work with and without script;
 * the script adds the pictures in the text and those that are being uploaded. Without script, chosen files are uploaded
 * with the form.
 */
export const MediaFields = ({
  faults,
  media
}: {
  readonly media: ReadonlyArray<FormMedium>
  readonly faults: ReadonlyArray<FormFault>
}): JSX.Element => {
  const own = faults.filter(({ field }) => field === "media")
  const id = fieldId("media")
  return (
    <details class="pictures" open data-pictures>
      <summary>
        <b data-pictures-count>{texts.editor.media.count({ count: media.length })}</b>{" "}
        <span class="muted" data-pictures-progress />
      </summary>
      <div class="strip">
        <ul data-inline aria-label={texts.editor.media.inText} />
        <ul data-media aria-label={texts.editor.media.list}>
          <LongList items={media}>
            {(medium, index) => <MediumFields key={medium.url} medium={medium} index={index} count={media.length} />}
          </LongList>
        </ul>
        <ul data-uploads aria-label={texts.editor.media.uploads} />
        <button type="button" class="btn" data-gallery data-with-script hidden>
          {texts.editor.media.gallery}
        </button>
      </div>
      <div class="field upload" data-without-script>
        <label for={id}>{texts.editor.media.add}</label>
        <input
          id={id}
          type="file"
          name="files"
          multiple
          accept={acceptedFiles}
          aria-describedby={own.length > 0 ? `${id}-fault ${id}-hint` : `${id}-hint`}
          {...(own.length > 0 && { "aria-invalid": "true" as const })}
        />
        <small id={`${id}-hint`}>
          {texts.editor.media.uploadOnSave} {texts.editor.media.privacy}
        </small>
        <button type="submit" name="intent" value="upload" class="btn">
          {texts.editor.media.uploadNow}
        </button>
      </div>
      <Faults id={`${id}-fault`} faults={own} />
      {mediaProperties.map((property) => (
        <template key={property} data-medium={property}>
          <MediumFields medium={{ property, url: "", alt: "" }} index={0} count={1} />
        </template>
      ))}
    </details>
  )
}

const MediumFields = ({
  count,
  index,
  medium: { alt, property, url }
}: {
  readonly medium: FormMedium
  readonly index: number
  readonly count: number
}): JSX.Element => {
  const name = `${texts.editor.media.nouns[property]} ${index + 1}`
  const id = `alt-${index}${url === "" ? `-${property}` : ""}`
  return (
    <li class="card pict">
      <Shown property={property} url={url} />
      <input type="hidden" name="media_url" value={url} />
      <input type="hidden" name="media_property" value={property} />
      <label class="unseen" for={id}>
        {texts.editor.media.descriptions[property]}
      </label>
      <textarea id={id} name="media_alt" rows={1} dir="auto" placeholder={texts.editor.media.placeholder} data-alt>
        {alt}
      </textarea>
      <span class="row">
        {property === "photo" && (
          <button
            type="button"
            class="btn quiet"
            aria-label={texts.editor.media.insertNamed({ name })}
            data-move="insert"
            data-with-script
            hidden
          >
            {texts.editor.media.insert}
          </button>
        )}
        <button
          type="submit"
          name="intent"
          value={`remove:${index}`}
          data-move="remove"
          class="btn quiet"
          aria-label={texts.editor.media.removeNamed({ name })}
        >
          {texts.editor.media.remove}
        </button>
        <MoveButton move="up" index={index} name={name} isIdle={index === 0} />
        <MoveButton move="down" index={index} name={name} isIdle={index === count - 1} />
      </span>
    </li>
  )
}

const MoveButton = ({
  index,
  isIdle,
  move,
  name
}: {
  readonly move: "up" | "down"
  readonly index: number
  readonly name: string
  readonly isIdle: boolean
}): JSX.Element => (
  <button
    type="submit"
    name="intent"
    value={`${move}:${index}`}
    data-move={move}
    class="btn square quiet"
    aria-label={texts.editor.media.moveNamed[move]({ name })}
    title={texts.editor.media.moveNamed[move]({ name })}
    disabled={isIdle}
  >
    <Icon name={move === "up" ? "earlier" : "later"} />
  </button>
)

const Shown = ({ property, url }: { readonly property: MediaProperty; readonly url: string }): JSX.Element => {
  // A template's address is set later; an empty one would be the page's own.
  const source = url === "" ? {} : { src: url }
  switch (property) {
    case "photo":
      return <img {...source} alt="" width={72} height={72} data-shown />
    case "video":
      return <video {...source} aria-label={texts.editor.media.video} controls preload="metadata" data-shown />
    case "audio":
      return <audio {...source} aria-label={texts.editor.media.audio} controls preload="metadata" data-shown />
  }
}
