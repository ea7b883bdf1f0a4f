import type { JSX } from "preact"
import type { PostForm, RelationProperty } from "../../domain/editor/PostForm.js"
import { rsvpAnswers } from "../../domain/posts/Microformats.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import { Field } from "./Field.js"
import type { FormFault } from "./FormFault.js"
import { TimeField } from "./TimeField.js"

/** Properties of the fields that make a post more than a note or an article. */
export interface KindFieldsProps {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
  readonly site: Site
}

const relations = ["like-of", "repost-of", "bookmark-of"] as const satisfies ReadonlyArray<RelationProperty>

const folded = ["like-of", "repost-of", "bookmark-of", "rsvp", "start", "end", "location"] as const

/** Fields for the post that this one replies to, likes or repeats, and for the time and place of an event. */
export const KindFields = ({ faults, form, site }: KindFieldsProps): JSX.Element => (
  <>
    <RelationField name="in-reply-to" label={texts.editor.fields["in-reply-to"]} form={form} faults={faults} />
    <details
      class="more-fields"
      open={folded.some((name) => form[name] !== "" || faults.some(({ field }) => field === name))}
    >
      <summary>{texts.editor.form.kindFields}</summary>
      <div class="stack">
        {relations.map((name) => (
          <RelationField key={name} name={name} label={texts.editor.fields[name]} form={form} faults={faults} />
        ))}
        <Field name="rsvp" label={texts.editor.fields.rsvp} hint={texts.editor.form.hints.rsvp} faults={faults}>
          {(control) => (
            <select {...control}>
              <option value="">{texts.editor.form.noRsvp}</option>
              {rsvpAnswers.map((answer) => (
                <option key={answer} value={answer} selected={answer === form.rsvp}>
                  {texts.editor.form.rsvpAnswers[answer]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TimeField
          name="start"
          label={texts.editor.fields.start}
          hint={texts.editor.form.hints.start}
          {...{ faults, form, site }}
        />
        <TimeField name="end" label={texts.editor.fields.end} {...{ faults, form, site }} />
        <Field name="location" label={texts.editor.fields.location} faults={faults}>
          {(control) => <input {...control} type="text" value={form.location} dir="auto" autoComplete="off" />}
        </Field>
      </div>
    </details>
  </>
)

const RelationField = ({
  faults,
  form,
  label,
  name
}: Omit<KindFieldsProps, "site"> & { readonly name: RelationProperty; readonly label: string }): JSX.Element => (
  <Field name={name} label={label} faults={faults}>
    {(control) => (
      <input
        {...control}
        type="text"
        inputMode="url"
        value={form[name]}
        placeholder="https://…"
        autoComplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    )}
  </Field>
)
