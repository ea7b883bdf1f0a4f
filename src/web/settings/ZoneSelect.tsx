import type { JSX } from "preact"
import { isTimeZone, timeZone, wallClockAt } from "../../domain/TimeZone.js"
import { unmarked } from "../../texts/Fallback.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import type { ControlAttributes } from "./SettingsFields.js"

const zoneNames = (present: string): ReadonlyArray<string> => [
  ...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...(present === "" ? [] : [present])])
]

/**
 * All time zones. The script proposes the browser's zone: at once if the owner has chosen none and `proposes` is set,
 * otherwise by a button.
 */
export const ZoneSelect = ({
  control,
  now,
  proposes = false,
  site,
  value
}: {
  readonly control: ControlAttributes
  readonly value: string
  readonly now: number
  readonly site: Site
  readonly proposes?: boolean
}): JSX.Element => {
  const present = isTimeZone(value) ? value : "UTC"
  const clock = site.formatHour(wallClockAt(now, timeZone(present).offsetAt(now)))
  return (
    <>
      <select {...control} data-zone={proposes && value === "" ? "propose" : "offer"}>
        {zoneNames(value).map((zone) => (
          <option key={zone} value={zone} selected={zone === present}>
            {zone === present ? texts.settings.form.zoneNow({ zone, time: clock }) : zone}
          </option>
        ))}
      </select>
      <p class="zone-offer" data-zone-offer hidden>
        <button
          type="button"
          class="button quiet small"
          data-zone-take
          data-words={unmarked(texts.settings.form.takeZone)}
        />
      </p>
    </>
  )
}
