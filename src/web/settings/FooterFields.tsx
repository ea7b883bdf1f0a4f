import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import type { SectionProps } from "./SectionProps.js"
import { Row } from "./SettingsFields.js"

/** The text at the foot of every page. */
export const FooterFields = ({ faults, value }: SectionProps<"footer">): JSX.Element => (
  <div class="card rows">
    <Row name="text" label={texts.settings.fields["footer.text"]} hint={texts.settings.form.footer} faults={faults}>
      {(control) => (
        <textarea {...control} rows={3} maxlength={2_000} dir="auto">
          {value.text}
        </textarea>
      )}
    </Row>
  </div>
)
