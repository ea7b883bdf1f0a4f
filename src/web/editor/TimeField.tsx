import type { JSX } from "preact"
import { exactTime, offsetFieldOf, type PostForm, shownTime, type TimeFieldName } from "../../domain/editor/PostForm.js"
import type { Site } from "../theme/Site.js"
import { Field } from "./Field.js"
import type { FormFault } from "./FormFault.js"

/**
 * A field for date and time, with its time zone. A post with another offset keeps it, in a hidden field. Other times
 * are in the site's time zone, or in the browser's if the script runs, which sends the offset.
 */
export const TimeField = ({
  faults,
  form,
  hint,
  label,
  name,
  site
}: {
  readonly form: PostForm
  readonly faults: ReadonlyArray<FormFault>
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
