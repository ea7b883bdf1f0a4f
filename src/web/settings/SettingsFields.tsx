import type { ComponentChildren, JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import type { SettingsFault } from "./SectionForm.js"

/** Attributes that connect a control to its label, hint and error. */
export interface ControlAttributes {
  readonly id: string
  readonly name: string
  readonly "aria-describedby"?: string
  readonly "aria-invalid"?: "true"
}

/** The `id` of a field's control. */
export const controlId = (name: string): string => `set-${name}`

/** Connects a control to its error. */
export const controlOf = (
  name: string,
  faults: ReadonlyArray<SettingsFault>,
  hasHint = false
): ControlAttributes & { readonly fault: SettingsFault | undefined } => {
  const id = controlId(name)
  const fault = faults.find(({ field }) => field === name)
  const described = [...(fault === undefined ? [] : [`${id}-fault`]), ...(hasHint ? [`${id}-hint`] : [])].join(" ")
  return {
    id,
    name,
    fault,
    ...(described !== "" && { "aria-describedby": described }),
    ...(fault !== undefined && { "aria-invalid": "true" as const })
  }
}

/** The error below a control. */
export const Fault = ({ fault, id }: { readonly id: string; readonly fault: SettingsFault | undefined }) =>
  fault === undefined ? null : (
    <p class="fault" id={`${id}-fault`} dir="auto">
      {fault.message}
    </p>
  )

/** A row of a card: label and hint beside the control, above it on narrow screens. */
export const Row = ({
  children,
  faults,
  fixedBy,
  hint,
  label,
  name,
  value
}: {
  readonly name: string
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly faults: ReadonlyArray<SettingsFault>
  /** The setting of the environment that fixes the value; the control is then only shown. */
  readonly fixedBy?: string | undefined
  /** The fixed value. */
  readonly value?: string
  readonly children: (control: ControlAttributes) => ComponentChildren
}): JSX.Element => {
  const { fault, ...control } = controlOf(name, faults, hint !== undefined || fixedBy !== undefined)
  return (
    <div class="row">
      <div>
        <label for={control.id}>{label}</label>
        {(hint !== undefined || fixedBy !== undefined) && (
          <small id={`${control.id}-hint`}>
            {fixedBy === undefined ? (
              hint
            ) : (
              <>
                {texts.settings.page.fixed} (<code>{fixedBy}</code>).
              </>
            )}
          </small>
        )}
      </div>
      <div>
        {fixedBy === undefined ? (
          children(control)
        ) : (
          <input id={control.id} value={value ?? ""} readonly dir="auto" aria-describedby={`${control.id}-hint`} />
        )}
        <Fault id={control.id} fault={fault} />
      </div>
    </div>
  )
}

/** The buttons that move or remove a row of a list. */
export const RowButtons = ({
  at,
  count,
  name
}: {
  readonly at: number
  readonly count: number
  /** Name of the row: `About`. */
  readonly name: string
}): JSX.Element => (
  <p class="row-buttons">
    <ListButton action="up" at={at} isIdle={at === 0} label={texts.settings.form.moveUp({ name })} sign="↑" />
    <ListButton
      action="down"
      at={at}
      isIdle={at === count - 1}
      label={texts.settings.form.moveDown({ name })}
      sign="↓"
    />
    <ListButton action="remove" at={at} isIdle={false} label={texts.settings.form.remove({ name })} sign="×" />
  </p>
)

const ListButton = ({
  action,
  at,
  isIdle,
  label,
  sign
}: {
  readonly action: "up" | "down" | "remove"
  readonly at: number
  readonly isIdle: boolean
  readonly label: string
  readonly sign: string
}): JSX.Element => (
  <button
    type="submit"
    name="do"
    value={`${action}.${at}`}
    class="square"
    aria-label={label}
    title={label}
    formnovalidate
    disabled={isIdle}
  >
    <span aria-hidden="true">{sign}</span>
  </button>
)
