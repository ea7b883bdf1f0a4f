import type { JSX } from "preact"
import { languages } from "./Languages.js"
import type { SectionProps } from "./SectionProps.js"
import { Row } from "./SettingsFields.js"
import { ZoneSelect } from "./ZoneSelect.js"

/** Name, tagline, language and time zone. */
export const SiteFields = ({ faults, fixed, now, site, value }: SectionProps<"site">): JSX.Element => (
  <div class="card rows">
    <Row name="name" label="Name" faults={faults} fixedBy={fixed("siteName")} value={site.name}>
      {(control) => (
        <input {...control} value={value.name} placeholder={site.name} maxlength={200} autocomplete="off" dir="auto" />
      )}
    </Row>
    <Row
      name="tagline"
      label="Tagline"
      hint="Shown at the top of the home page and in search engines."
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
      label="Language"
      hint="The language that you write in."
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
      label="Time zone"
      hint="Posts show this time."
      faults={faults}
      fixedBy={fixed("siteTimeZone")}
      value={site.zone.name}
    >
      {(control) => <ZoneSelect control={control} value={value.timeZone} now={now} site={site} />}
    </Row>
  </div>
)
