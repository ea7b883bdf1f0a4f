import type { JSX } from "preact"
import type { SectionProps } from "./SectionProps.js"
import { controlOf, Fault, Row, RowButtons } from "./SettingsFields.js"

/** The author's name, bio, e-mail address and profiles elsewhere. */
export const YouFields = ({ added, faults, fixed, site, value }: SectionProps<"you">): JSX.Element => (
  <div class="card rows">
    <Row name="name" label="Name" faults={faults} fixedBy={fixed("siteAuthor")} value={site.author}>
      {(control) => (
        <input
          {...control}
          value={value.name}
          placeholder={site.author}
          maxlength={200}
          autocomplete="name"
          dir="auto"
        />
      )}
    </Row>
    <Row name="bio" label="Bio" hint="One or two sentences, shown under each post." faults={faults}>
      {(control) => (
        <textarea {...control} rows={3} maxlength={1_000} dir="auto">
          {value.bio}
        </textarea>
      )}
    </Row>
    <Row
      name="email"
      label="E-mail address"
      hint="Optional. Readers see it and can answer by e-mail. Apps get it if you allow them to."
      faults={faults}
    >
      {(control) => <input {...control} type="text" inputmode="email" value={value.email} autocomplete="email" />}
    </Row>
    <fieldset class="row full">
      <div>
        <legend>Links</legend>
        <small>
          Your profiles elsewhere. Each is marked <code>rel=me</code>, so that they can confirm that they are yours.
        </small>
      </div>
      <div>
        {value.links.length > 0 && (
          <ol class="list-edit">
            {value.links.map(({ label, url }, at) => {
              const { fault: labelFault, ...labelControl } = controlOf(`links.${at}.label`, faults)
              const { fault: urlFault, ...urlControl } = controlOf(`links.${at}.url`, faults)
              return (
                <li key={urlControl.id}>
                  <div class="pair">
                    <input
                      {...urlControl}
                      value={url}
                      aria-label={`Address of link ${at + 1}`}
                      placeholder="https://"
                      inputmode="url"
                      autocomplete="url"
                      autofocus={added === at}
                    />
                    <input
                      {...labelControl}
                      value={label}
                      aria-label={`Label of link ${at + 1}, optional`}
                      placeholder="Label (optional)"
                      dir="auto"
                    />
                  </div>
                  <RowButtons at={at} count={value.links.length} name={label || url || `link ${at + 1}`} />
                  <Fault id={urlControl.id} fault={urlFault} />
                  <Fault id={labelControl.id} fault={labelFault} />
                </li>
              )
            })}
          </ol>
        )}
        <button type="submit" name="do" value="add.0" class="button quiet small" formnovalidate>
          Add link
        </button>
      </div>
    </fieldset>
  </div>
)
