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

/** Fields of the form, and its errors. */
interface PartProps {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
}

const has = (faults: ReadonlyArray<FormFault>, fields: ReadonlyArray<keyof PostForm>) =>
  faults.some(({ field }) => fields.includes(field))

const visibilities = [
  { value: "public", label: "Public" },
  { value: "unlisted", label: "Unlisted: with the address" },
  { value: "private", label: "Private: only you" }
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
    <summary>When, for whom, and where</summary>
    <div class="fields">
      <div class="with-button">
        <TimeField
          name="published"
          label={state === "published" ? "Published" : "Publish at"}
          hint={
            state === "published" ? "Changing it moves the post in lists and feeds." : "Empty: as soon as you publish."
          }
          form={form}
          faults={faults}
          site={site}
        />
        {state === "draft" && (
          <p>
            <button type="submit" name="intent" value="schedule" class="button quiet small">
              Schedule for this time
            </button>
          </p>
        )}
      </div>
      <Field name="visibility" label="Visible to" faults={faults}>
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
        label="Address"
        hint={
          state === "published"
            ? "The old address goes on leading here."
            : "Empty: made from the title, or from the first words."
        }
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
      <Field name="summary" label="Summary" hint="For lists, feeds and previews of links." faults={faults}>
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
  { name: "in-reply-to", label: "In reply to" },
  { name: "like-of", label: "Like of" },
  { name: "repost-of", label: "Repost of" },
  { name: "bookmark-of", label: "Bookmark of" }
]

const kindFields = ["in-reply-to", "like-of", "repost-of", "bookmark-of", "rsvp", "start", "end", "location"] as const

/** What the post replies to, and the time and place of an event. */
export const KindFields = ({ faults, form, site }: PartProps & { readonly site: Site }): JSX.Element => (
  <details class="more-fields" open={has(faults, kindFields) || kindFields.some((name) => form[name] !== "")}>
    <summary>Reply, like, bookmark, event</summary>
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
      <Field name="rsvp" label="RSVP" hint="With the event's address under “In reply to”." faults={faults}>
        {(control) => (
          <select {...control}>
            <option value="">None</option>
            {rsvpAnswers.map((answer) => (
              <option key={answer} value={answer} selected={answer === form.rsvp}>
                {answer}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TimeField name="start" label="Event starts" hint="Makes this an event." {...{ faults, form, site }} />
      <TimeField name="end" label="Event ends" {...{ faults, form, site }} />
      <Field name="location" label="Place" faults={faults}>
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
