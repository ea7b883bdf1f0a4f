import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { Rich } from "../theme/Rich.js"
import type { SectionProps } from "./SectionProps.js"
import { controlOf, Fault, Row, RowButtons } from "./SettingsFields.js"

/** The author's name, bio, e-mail address and profiles elsewhere. */
export const YouFields = ({ added, faults, fixed, site, value }: SectionProps<"you">): JSX.Element => (
  <div class="card rows">
    <Row
      name="name"
      label={texts.settings.fields["you.name"]}
      faults={faults}
      fixedBy={fixed("siteAuthor")}
      value={site.author}
    >
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
    <Row name="bio" label={texts.settings.fields["you.bio"]} hint={texts.settings.form.bio} faults={faults}>
      {(control) => (
        <textarea {...control} rows={3} maxlength={1_000} dir="auto">
          {value.bio}
        </textarea>
      )}
    </Row>
    <Row name="email" label={texts.settings.fields["you.email"]} hint={texts.settings.form.email} faults={faults}>
      {(control) => <input {...control} type="text" inputmode="email" value={value.email} autocomplete="email" />}
    </Row>
    <fieldset class="row full">
      <div>
        <legend>{texts.settings.fields["you.links"]}</legend>
        <small>
          <Rich text={texts.settings.form.links} />
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
                      aria-label={texts.settings.form.linkAddress({ at: at + 1 })}
                      placeholder="https://"
                      inputmode="url"
                      autocomplete="url"
                      autofocus={added === at}
                    />
                    <input
                      {...labelControl}
                      value={label}
                      aria-label={texts.settings.form.linkLabel({ at: at + 1 })}
                      placeholder={texts.settings.form.linkLabelExample}
                      dir="auto"
                    />
                  </div>
                  <RowButtons
                    at={at}
                    count={value.links.length}
                    name={label || url || texts.settings.form.link({ at: at + 1 })}
                  />
                  <Fault id={urlControl.id} fault={urlFault} />
                  <Fault id={labelControl.id} fault={labelFault} />
                </li>
              )
            })}
          </ol>
        )}
        <button type="submit" name="do" value="add.0" class="button quiet small" formnovalidate>
          {texts.settings.form.addLink}
        </button>
      </div>
    </fieldset>
  </div>
)
