import type { JSX } from "preact"
import { type FormMedium, type MediaProperty, mediaProperties } from "../../domain/editor/PostForm.js"
import type { FormFault } from "../../domain/editor/PostFormChange.js"
import { Faults, fieldId } from "./Field.js"
import { fieldTexts, mediaTexts } from "./Texts.js"

/** File types that the file field offers. */
const accepted = "image/jpeg,image/png,image/gif,image/webp,image/avif,video/*,audio/*"

/**
 * Images, videos and audio files of a post, each with its description, and buttons that work with and without script.
 * Chosen files are uploaded with the form; with script at once.
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
    <fieldset class="media-fields" data-drop>
      <legend>{fieldTexts.media}</legend>
      <ul class="media-list" data-media aria-label={mediaTexts.list}>
        {media.map((medium, index) => (
          <MediumFields key={medium.url} medium={medium} index={index} count={media.length} />
        ))}
      </ul>
      <div class="field upload">
        <label for={id}>{mediaTexts.add}</label>
        <input
          id={id}
          type="file"
          name="files"
          multiple
          accept={accepted}
          aria-describedby={own.length > 0 ? `${id}-fault ${id}-hint` : `${id}-hint`}
          {...(own.length > 0 && { "aria-invalid": "true" as const })}
        />
        <Faults id={`${id}-fault`} faults={own} />
        <small id={`${id}-hint`}>
          <span data-without-script>{mediaTexts.uploadOnSave}</span>
          <span data-with-script hidden>
            {mediaTexts.waysToAdd}
          </span>{" "}
          {mediaTexts.privacy}
        </small>
        <button type="submit" name="intent" value="upload" class="button quiet small" data-without-script>
          {mediaTexts.uploadNow}
        </button>
      </div>
      <ul class="uploads" data-uploads aria-live="polite" />
      {mediaProperties.map((property) => (
        <template key={property} data-medium={property}>
          <MediumFields medium={{ property, url: "", alt: "" }} index={0} count={1} />
        </template>
      ))}
    </fieldset>
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
  const name = `${mediaTexts.nouns[property]} ${index + 1}`
  const id = `alt-${index}${url === "" ? `-${property}` : ""}`
  return (
    <li class="medium">
      <Shown property={property} url={url} />
      <input type="hidden" name="media_url" value={url} />
      <input type="hidden" name="media_property" value={property} />
      <div class="field">
        <label for={id}>{mediaTexts.descriptions[property]}</label>
        <textarea id={id} name="media_alt" rows={2} dir="auto">
          {alt}
        </textarea>
      </div>
      <p class="medium-buttons">
        <MoveButton move="up" index={index} name={name} isIdle={index === 0} />
        <MoveButton move="down" index={index} name={name} isIdle={index === count - 1} />
        <button
          type="submit"
          name="intent"
          value={`remove:${index}`}
          data-move="remove"
          class="link-button"
          aria-label={mediaTexts.removeNamed({ name })}
        >
          {mediaTexts.remove}
        </button>
      </p>
    </li>
  )
}

const arrows = { up: "↑", down: "↓" } as const

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
    class="link-button"
    aria-label={mediaTexts.moveNamed[move]({ name })}
    disabled={isIdle}
  >
    <span aria-hidden="true">{arrows[move]}</span> {mediaTexts.move[move]}
  </button>
)

const Shown = ({ property, url }: { readonly property: MediaProperty; readonly url: string }): JSX.Element => {
  // A template's address is set later; an empty one would be the page's own.
  const source = url === "" ? {} : { src: url }
  switch (property) {
    case "photo":
      return <img {...source} alt="" data-shown />
    case "video":
      return <video {...source} aria-label={mediaTexts.video} controls preload="metadata" data-shown />
    case "audio":
      return <audio {...source} aria-label={mediaTexts.audio} controls preload="metadata" data-shown />
  }
}
