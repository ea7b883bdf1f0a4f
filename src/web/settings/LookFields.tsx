import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { anyLookStylesheet } from "../theme/Stylesheet.js"
import { lookPreviewPath } from "./LookPreview.js"
import type { SectionProps } from "./SectionProps.js"
import { Row } from "./SettingsFields.js"

/** Colours to choose from. Each page shows a lighter or darker one where the contrast needs it. */
const accents = [
  { value: "#0b5c5e", name: "teal" },
  { value: "#1a46d6", name: "cobalt" },
  { value: "#7a2a72", name: "plum" },
  { value: "#9a3b16", name: "brick" },
  { value: "#4b5d10", name: "moss" },
  { value: "#25221d", name: "ink" }
] as const

/** The fields of the look, and a frame in which the page's script shows them before they are saved. */
export const LookFields = (props: SectionProps<"look">): JSX.Element => (
  <div class="look-edit">
    <div class="look-preview" hidden data-look-preview={anyLookStylesheet}>
      <p class="label" aria-hidden="true">
        {texts.settings.look.preview}
      </p>
      <div class="look-view">
        <iframe
          data-src={lookPreviewPath}
          sandbox="allow-same-origin"
          tabIndex={-1}
          title={texts.settings.look.preview}
        />
      </div>
    </div>
    <Fields {...props} />
  </div>
)

/** Look, accent, fonts, width, scheme, and custom CSS. */
const Fields = ({ faults, value }: SectionProps<"look">): JSX.Element => {
  const isCustom = value.accent !== "" && !accents.some((accent) => accent.value === value.accent)
  return (
    <div class="card rows">
      <Presets chosen={value.preset} />
      <fieldset class="row">
        <div>
          <legend>{texts.settings.look.accent}</legend>
          <small>{texts.settings.look.accentHint}</small>
        </div>
        <div class="swatches">
          <Accent value="" isChosen={value.accent === ""} label={texts.settings.look.own} />
          {accents.map(({ name, value: colour }) => (
            <label class="swatch" key={name} title={texts.settings.look.accents[name]}>
              <input type="radio" name="accent" value={colour} checked={value.accent === colour} />
              <span class={`colour ${name}`} />
              <span class="unseen">{texts.settings.look.accents[name]}</span>
            </label>
          ))}
          <span class="another">
            <Accent value="custom" isChosen={isCustom} label={texts.settings.look.another} />
            <input
              type="color"
              name="accent-custom"
              value={isCustom ? value.accent : "#0b5c5e"}
              aria-label={texts.settings.look.anotherColour}
            />
          </span>
        </div>
      </fieldset>
      <Choices name="font" legend={texts.settings.look.font} choices={texts.settings.look.fonts} chosen={value.font} />
      <Choices
        name="width"
        legend={texts.settings.look.width}
        choices={texts.settings.look.widths}
        chosen={value.width}
      />
      <Choices
        name="scheme"
        legend={texts.settings.look.scheme}
        choices={texts.settings.look.schemes}
        chosen={value.scheme}
      />
      <Row name="css" label={texts.settings.fields["look.css"]} hint={texts.settings.form.css} faults={faults}>
        {(control) => (
          <textarea {...control} class="code-text" rows={8} spellcheck={false} autocapitalize="off" dir="ltr">
            {value.css}
          </textarea>
        )}
      </Row>
    </div>
  )
}

/** The looks to start from, each with a drawing of its colours. */
const Presets = ({ chosen }: { readonly chosen: string }): JSX.Element => (
  <fieldset class="row">
    <div>
      <legend>{texts.settings.look.preset}</legend>
    </div>
    <div class="presets">
      {Object.entries(texts.settings.look.presets).map(([value, label]) => (
        <label key={value}>
          <input type="radio" name="preset" value={value} checked={value === chosen} />
          <span class={`thumb ${value}`} aria-hidden="true">
            <b />
            <i />
            <i />
            <i />
          </span>
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

const Choices = ({
  choices,
  chosen,
  legend,
  name
}: {
  readonly name: string
  readonly legend: string
  /** Labels by value. */
  readonly choices: Readonly<Record<string, string>>
  readonly chosen: string
}): JSX.Element => (
  <fieldset class="row">
    <div>
      <legend>{legend}</legend>
    </div>
    <div class="segments">
      {Object.entries(choices).map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

/** An accent without a colour to show: the look's own, or another. */
const Accent = ({
  isChosen,
  label,
  value
}: {
  readonly value: string
  readonly isChosen: boolean
  readonly label: string
}): JSX.Element => (
  <label class="check">
    <input type="radio" name="accent" value={value} checked={isChosen} />
    <span>{label}</span>
  </label>
)
