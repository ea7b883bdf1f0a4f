import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { languages } from "../theme/Languages.js"
import type { SectionProps } from "./SectionProps.js"
import { Row } from "./SettingsFields.js"
import { ZoneSelect } from "./ZoneSelect.js"

/** Name, tagline, language and time zone. */
export const SiteFields = ({ faults, fixed, now, site, value }: SectionProps<"site">): JSX.Element => (
  <div class="card rows">
    <Row
      name="name"
      label={texts.settings.fields["site.name"]}
      faults={faults}
      fixedBy={fixed("siteName")}
      value={site.name}
    >
      {(control) => (
        <input {...control} value={value.name} placeholder={site.name} maxlength={200} autocomplete="off" dir="auto" />
      )}
    </Row>
    <Row
      name="tagline"
      label={texts.settings.fields["site.tagline"]}
      hint={texts.settings.form.tagline}
      faults={faults}
      fixedBy={fixed("siteDescription")}
      value={site.description}
    >
      {(control) => (
        <textarea {...control} rows={2} maxlength={500} dir="auto">
          {value.tagline}
        </textarea>
      )}
    </Row>
    <Row
      name="language"
      label={texts.settings.fields["site.language"]}
      hint={texts.settings.form.language}
      faults={faults}
      fixedBy={fixed("siteLanguage")}
      value={site.language}
    >
      {(control) => (
        <select {...control}>
          {languages(value.language).map(({ name, tag }) => (
            <option key={tag} value={tag} lang={tag} selected={tag === (value.language || "en")}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Row>
    <Row
      name="timeZone"
      label={texts.settings.fields["site.timeZone"]}
      hint={texts.settings.form.zone}
      faults={faults}
      fixedBy={fixed("siteTimeZone")}
      value={site.zone.name}
    >
      {(control) => <ZoneSelect control={control} value={value.timeZone} now={now} site={site} />}
    </Row>
  </div>
)
