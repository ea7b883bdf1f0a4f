import type { ComponentChildren, JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import { texts } from "../../texts/Texts.js"
import type { FormFault } from "./FormFault.js"
import { Icon } from "./Icon.js"

/** The `id` of a field's control, for labels and for the links of `Problems`. */
export const fieldId = (name: keyof PostForm): string => `field-${name}`

/** Properties of a control with label, hint and errors. */
export interface FieldProps {
  readonly name: keyof PostForm
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly faults: ReadonlyArray<FormFault>
  /** Renders the control with the attributes that connect it to label, hint and errors. */
  readonly children: (control: ControlAttributes) => ComponentChildren
}

/** Attributes that connect a control to its label, hint and errors. */
export interface ControlAttributes {
  readonly id: string
  readonly name: string
  readonly "aria-describedby"?: string
  readonly "aria-invalid"?: "true"
}

/** A control with its label above and hint and errors below, which screen readers announce with it. */
export const Field = ({ children, faults, hint, label, name }: FieldProps): JSX.Element => {
  const id = fieldId(name)
  const own = faults.filter(({ field }) => field === name)
  const described = [...(own.length > 0 ? [`${id}-fault`] : []), ...(hint === undefined ? [] : [`${id}-hint`])].join(
    " "
  )
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        ...(described !== "" && { "aria-describedby": described }),
        ...(own.length > 0 && { "aria-invalid": "true" as const })
      })}
      <Faults id={`${id}-fault`} faults={own} />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** The errors of one field. */
export const Faults = ({
  faults,
  id
}: {
  readonly id: string
  readonly faults: ReadonlyArray<FormFault>
}): JSX.Element | null =>
  faults.length === 0 ? null : (
    <p class="fault" id={id}>
      {faults.map(({ message }) => (
        <span key={message} dir="auto">
          {message}.
        </span>
      ))}
    </p>
  )

/** All errors of a form, above it, each with a link to its field. */
export const Problems = ({ faults }: { readonly faults: ReadonlyArray<FormFault> }): JSX.Element | null =>
  faults.length === 0 ? null : (
    <div class="notice bad" role="alert" id="problems" tabIndex={-1}>
      <Icon name="warning" />
      <p>
        <strong>{texts.editor.form.faults({ count: faults.length })}.</strong> {texts.editor.form.unsaved}
      </p>
      <ul>
        {faults.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            <a href={`#${fieldId(field)}`} dir="auto">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
