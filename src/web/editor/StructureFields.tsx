import type { JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import type { FormFault } from "../../domain/editor/PostFormChange.js"
import { type ControlAttributes, Field } from "./Field.js"
import { fieldTexts, formTexts } from "./Texts.js"

/** Whether a post is a page of the site, and whether it is at the top of the home page. */
export const StructureFields = ({
  faults,
  form
}: {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
}): JSX.Element => (
  <>
    <Field name="kind" label={fieldTexts.kind} hint={formTexts.hints.kind} faults={faults}>
      {(control) => <Choice control={control} choices={formTexts.kinds} chosen={form.kind} />}
    </Field>
    <Field name="pinned" label={fieldTexts.pinned} hint={formTexts.hints.pinned} faults={faults}>
      {(control) => <Choice control={control} choices={formTexts.pinned} chosen={form.pinned} />}
    </Field>
  </>
)

const Choice = ({
  choices,
  chosen,
  control
}: {
  readonly choices: Readonly<Record<string, string>>
  readonly chosen: string
  readonly control: ControlAttributes
}): JSX.Element => (
  <select {...control}>
    {Object.entries(choices).map(([value, label]) => (
      <option key={value} value={value} selected={value === chosen}>
        {label}
      </option>
    ))}
  </select>
)
