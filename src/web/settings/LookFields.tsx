import type { ComponentChildren, JSX } from "preact"
import type { Look } from "../../domain/site/SiteValues.js"
import type { SectionProps } from "./SectionProps.js"
import { Row } from "./SettingsFields.js"

const presets: ReadonlyArray<{ readonly value: Look["preset"]; readonly label: string }> = [
  { value: "paper", label: "Paper" },
  { value: "signal", label: "Signal" },
  { value: "night", label: "Night" }
]

/** Colours to choose from. Each page shows a lighter or darker one where the contrast needs it. */
const accents = [
  { value: "#0b5c5e", label: "Teal", name: "teal" },
  { value: "#1a46d6", label: "Cobalt", name: "cobalt" },
  { value: "#7a2a72", label: "Plum", name: "plum" },
  { value: "#9a3b16", label: "Brick", name: "brick" },
  { value: "#4b5d10", label: "Moss", name: "moss" },
  { value: "#25221d", label: "Ink", name: "ink" }
] as const

const fonts: ReadonlyArray<{ readonly value: Look["font"]; readonly label: string }> = [
  { value: "preset", label: "As in the look" },
  { value: "serif", label: "Serif" },
  { value: "sans", label: "Sans" }
]

const widths: ReadonlyArray<{ readonly value: Look["width"]; readonly label: string }> = [
  { value: "narrow", label: "Narrow" },
  { value: "usual", label: "Standard" },
  { value: "wide", label: "Wide" }
]

const schemes: ReadonlyArray<{ readonly value: Look["scheme"]; readonly label: string }> = [
  { value: "auto", label: "Reader's choice" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" }
]

/** Look, accent, fonts, width, scheme, and custom CSS. */
export const LookFields = ({ faults, value }: SectionProps<"look">): JSX.Element => {
  const isCustom = value.accent !== "" && !accents.some((accent) => accent.value === value.accent)
  return (
    <div class="card rows">
      <Choices name="preset" legend="Start from" choices={presets} chosen={value.preset} />
      <fieldset class="row">
        <div>
          <legend>Accent</legend>
          <small>Pages adjust it where the contrast needs it, in light and dark.</small>
        </div>
        <div class="swatches">
          <Swatch value="" label="As in the look" isChosen={value.accent === ""}>
            Look's own
          </Swatch>
          {accents.map(({ label, name, value: colour }) => (
            <Swatch key={name} value={colour} label={label} isChosen={value.accent === colour}>
              <span class={`colour ${name}`} aria-hidden="true" /> {label}
            </Swatch>
          ))}
          <Swatch value="custom" label="Another colour" isChosen={isCustom}>
            Another:
          </Swatch>
          <input
            type="color"
            name="accent-custom"
            value={isCustom ? value.accent : "#0b5c5e"}
            aria-label="Another accent colour"
          />
        </div>
      </fieldset>
      <Choices name="font" legend="Text" choices={fonts} chosen={value.font} />
      <Choices name="width" legend="Width" choices={widths} chosen={value.width} />
      <Choices name="scheme" legend="Light and dark" choices={schemes} chosen={value.scheme} />
      <Row
        name="css"
        label="Custom CSS"
        hint="At most 32 kB. Files from other sites are not loaded. It applies to the site, not to these pages."
        faults={faults}
      >
        {(control) => (
          <textarea {...control} class="code-text" rows={8} spellcheck={false} autocapitalize="off" dir="ltr">
            {value.css}
          </textarea>
        )}
      </Row>
    </div>
  )
}

const Choices = ({
  choices,
  chosen,
  legend,
  name
}: {
  readonly name: string
  readonly legend: string
  readonly choices: ReadonlyArray<{ readonly value: string; readonly label: string }>
  readonly chosen: string
}): JSX.Element => (
  <fieldset class="row">
    <div>
      <legend>{legend}</legend>
    </div>
    <div class="segments">
      {choices.map(({ label, value }) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

const Swatch = ({
  children,
  isChosen,
  value
}: {
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
  readonly children: ComponentChildren
}): JSX.Element => (
  <label class="check">
    <input type="radio" name="accent" value={value} checked={isChosen} />
    <span>{children}</span>
  </label>
)
