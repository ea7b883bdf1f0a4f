import type { JSX } from "preact"
import type { PostForm, RelationProperty } from "../../domain/editor/PostForm.js"
import type { FormFault } from "../../domain/editor/PostFormChange.js"
import { rsvpAnswers } from "../../domain/posts/Microformats.js"
import type { Site } from "../theme/Site.js"
import { Field } from "./Field.js"
import { fieldTexts, formTexts } from "./Texts.js"
import { TimeField } from "./TimeField.js"

/** Properties of the fields that make a post more than a note or an article. */
export interface KindFieldsProps {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
  readonly site: Site
}

const relations: ReadonlyArray<{ readonly name: RelationProperty; readonly label: string }> = [
  { name: "like-of", label: fieldTexts["like-of"] },
  { name: "repost-of", label: fieldTexts["repost-of"] },
  { name: "bookmark-of", label: fieldTexts["bookmark-of"] }
]

const folded = ["like-of", "repost-of", "bookmark-of", "rsvp", "start", "end", "location"] as const

/** What the post replies to, likes or repeats, and the time and place of an event. */
export const KindFields = ({ faults, form, site }: KindFieldsProps): JSX.Element => (
  <>
    <RelationField name="in-reply-to" label={fieldTexts["in-reply-to"]} form={form} faults={faults} />
    <details
      class="more-fields"
      open={folded.some((name) => form[name] !== "" || faults.some(({ field }) => field === name))}
    >
      <summary>{formTexts.kindFields}</summary>
      <div class="stack">
        {relations.map((relation) => (
          <RelationField key={relation.name} {...relation} form={form} faults={faults} />
        ))}
        <Field name="rsvp" label={fieldTexts.rsvp} hint={formTexts.hints.rsvp} faults={faults}>
          {(control) => (
            <select {...control}>
              <option value="">{formTexts.noRsvp}</option>
              {rsvpAnswers.map((answer) => (
                <option key={answer} value={answer} selected={answer === form.rsvp}>
                  {formTexts.rsvpAnswers[answer]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TimeField name="start" label={fieldTexts.start} hint={formTexts.hints.start} {...{ faults, form, site }} />
        <TimeField name="end" label={fieldTexts.end} {...{ faults, form, site }} />
        <Field name="location" label={fieldTexts.location} faults={faults}>
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
