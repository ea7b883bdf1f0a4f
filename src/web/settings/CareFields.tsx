import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import type { SectionProps } from "./SectionProps.js"
import { controlId } from "./SettingsFields.js"

/** Fields that turn on what is off until the owner wants it. Each says what is stored and sent. */
export const CareFields = ({ value }: SectionProps<"care">): JSX.Element => (
  <fieldset class="card padded">
    <legend>{texts.settings.care.views}</legend>
    <label class="check">
      <input
        type="checkbox"
        id={controlId("countViews")}
        name="countViews"
        checked={value.countViews}
        aria-describedby="count-views-hint"
      />
      <span>{texts.settings.care.countViews}</span>
    </label>
    <small id="count-views-hint">{texts.settings.care.countViewsHint}</small>
    {value.countViews && (
      <p>
        <a href="/admin/views">{texts.settings.care.seeViews}</a>
      </p>
    )}
  </fieldset>
)
