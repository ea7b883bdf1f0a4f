import type { JSX } from "preact"
import {
  exactTime,
  offsetFieldOf,
  type PostForm,
  type RelationProperty,
  shownTime,
  type TimeFieldName
} from "../../domain/editor/PostForm.js"
import type { FormFault } from "../../domain/editor/PostFormChange.js"
import { rsvpAnswers } from "../../domain/posts/Microformats.js"
import type { Site } from "../theme/Site.js"
import { Field } from "./Field.js"
import type { PostState } from "./PostState.js"
import { fieldTexts, formTexts } from "./Texts.js"

/** Fields of the form, and its errors. */
interface PartProps {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
}

const has = (faults: ReadonlyArray<FormFault>, fields: ReadonlyArray<keyof PostForm>) =>
  faults.some(({ field }) => fields.includes(field))

const visibilities = [
  { value: "public", label: formTexts.visibilities.public },
  { value: "unlisted", label: formTexts.visibilities.unlisted },
  { value: "private", label: formTexts.visibilities.private }
]

/** Publication time, audience and address of the post: collapsed while all have their defaults. */
export const PublicationFields = ({
  faults,
  form,
  site,
  state
}: PartProps & {
  readonly site: Site
  readonly state: PostState
}): JSX.Element => (
  <details
    class="more-fields"
    open={
      form.published !== "" && state !== "published"
        ? true
        : form.visibility !== "public" || has(faults, ["slug", "visibility", "published", "summary"])
    }
  >
    <summary>{formTexts.publicationFields}</summary>
    <div class="fields">
      <div class="with-button">
        <TimeField
          name="published"
          label={state === "published" ? fieldTexts.published : formTexts.publishAt}
          hint={state === "published" ? formTexts.hints.published : formTexts.hints.publishAt}
          form={form}
          faults={faults}
          site={site}
        />
        {state === "draft" && (
          <p>
            <button type="submit" name="intent" value="schedule" class="button quiet small">
              {formTexts.schedule}
            </button>
          </p>
        )}
      </div>
      <Field name="visibility" label={fieldTexts.visibility} faults={faults}>
        {(control) => (
          <select {...control}>
            {visibilities.map(({ label, value }) => (
              <option key={value} value={value} selected={value === form.visibility}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        name="slug"
        label={fieldTexts.slug}
        hint={state === "published" ? formTexts.hints.publishedSlug : formTexts.hints.newSlug}
        faults={faults}
      >
        {(control) => (
          <span class="prefixed">
            <span class="prefix" aria-hidden="true">{`${site.url.replace(/^https?:\/\//, "")}/notes/`}</span>
            <input
              {...control}
              type="text"
              value={form.slug}
              autoComplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          </span>
        )}
      </Field>
      <Field name="summary" label={fieldTexts.summary} hint={formTexts.hints.summary} faults={faults}>
        {(control) => (
          <textarea {...control} rows={2} dir="auto">
            {form.summary}
          </textarea>
        )}
      </Field>
    </div>
  </details>
)

const relations: ReadonlyArray<{ readonly name: RelationProperty; readonly label: string }> = [
  { name: "in-reply-to", label: fieldTexts["in-reply-to"] },
  { name: "like-of", label: fieldTexts["like-of"] },
  { name: "repost-of", label: fieldTexts["repost-of"] },
  { name: "bookmark-of", label: fieldTexts["bookmark-of"] }
]

const kindFields = ["in-reply-to", "like-of", "repost-of", "bookmark-of", "rsvp", "start", "end", "location"] as const

/** What the post replies to, and the time and place of an event. */
export const KindFields = ({ faults, form, site }: PartProps & { readonly site: Site }): JSX.Element => (
  <details class="more-fields" open={has(faults, kindFields) || kindFields.some((name) => form[name] !== "")}>
    <summary>{formTexts.kindFields}</summary>
    <div class="fields">
      {relations.map(({ label, name }) => (
        <Field key={name} name={name} label={label} faults={faults}>
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
      ))}
      <Field name="rsvp" label={fieldTexts.rsvp} hint={formTexts.hints.rsvp} faults={faults}>
        {(control) => (
          <select {...control}>
            <option value="">{formTexts.noRsvp}</option>
            {rsvpAnswers.map((answer) => (
              <option key={answer} value={answer} selected={answer === form.rsvp}>
                {answer}
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
)

/**
 * A field for date and time, with its time zone. A post with another offset keeps it, in a hidden field. Other times
 * are in the site's time zone, or in the browser's if the script runs, which sends the offset.
 */
const TimeField = ({
  faults,
  form,
  hint,
  label,
  name,
  site
}: PartProps & {
  readonly site: Site
  readonly name: TimeFieldName
  readonly label: string
  readonly hint?: string
}): JSX.Element => {
  const value = shownTime(form[name], site.zone)
  const { offset, wall } = /^(?<wall>\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?<offset>[+-][\d:]+)?$/.exec(value)?.groups ?? {}
  return (
    <Field
      name={name}
      label={
        <>
          {label} (<span data-zone>{offset === undefined ? site.zone.name : `UTC${offset}`}</span>)
        </>
      }
      hint={hint}
      faults={faults}
    >
      {(control) =>
        value === "" || wall !== undefined ? (
          <>
            <input
              {...control}
              type="datetime-local"
              value={wall ?? ""}
              autoComplete="off"
              data-time={exactTime(value, site.zone)}
              data-own-offset={offset}
            />
            {offset !== undefined && <input type="hidden" name={offsetFieldOf(name)} value={offset} />}
          </>
        ) : (
          <input {...control} type="text" value={value} autoComplete="off" />
        )
      }
    </Field>
  )
}
