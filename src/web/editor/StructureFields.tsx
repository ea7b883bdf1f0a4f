import type { JSX } from "preact"
import type { PostForm } from "../../domain/editor/PostForm.js"
import { texts } from "../../texts/Texts.js"
import { languageName, languages } from "../theme/Languages.js"
import type { Site } from "../theme/Site.js"
import { type ControlAttributes, Field } from "./Field.js"
import type { FormFault } from "./FormFault.js"

/** Fields that make a post a page of the site, pin it to the home page, and say its language. */
export const StructureFields = ({
  faults,
  form,
  site
}: {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
  readonly site: Site
}): JSX.Element => (
  <>
    <Field name="kind" label={texts.editor.fields.kind} hint={texts.editor.form.hints.kind} faults={faults}>
      {(control) => <Choice control={control} choices={texts.editor.form.kinds} chosen={form.kind} />}
    </Field>
    <Field name="pinned" label={texts.editor.fields.pinned} hint={texts.editor.form.hints.pinned} faults={faults}>
      {(control) => <Choice control={control} choices={texts.editor.form.pinned} chosen={form.pinned} />}
    </Field>
    <Field name="lang" label={texts.editor.fields.lang} hint={texts.editor.form.hints.lang} faults={faults}>
      {(control) => (
        <select {...control}>
          <option value="">{texts.editor.form.siteLanguage({ name: languageName(site.language) })}</option>
          {languages(form.lang).map(({ name, tag }) => (
            <option key={tag} value={tag} lang={tag} selected={tag === form.lang}>
              {name}
            </option>
          ))}
        </select>
      )}
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
