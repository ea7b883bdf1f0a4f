import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { Rich } from "../theme/Rich.js"
import type { SectionProps } from "./SectionProps.js"
import { controlOf, Fault, RowButtons } from "./SettingsFields.js"

/** The items of the site's menu, in order. */
export const MenuFields = ({ added, faults, value }: SectionProps<"menu">): JSX.Element => (
  <div class="card padded">
    <p class="quiet-text">
      <Rich text={texts.settings.form.menu} />
    </p>
    {value.items.length > 0 && (
      <ol class="list-edit">
        {value.items.map(({ href, label }, at) => {
          const { fault: labelFault, ...labelControl } = controlOf(`items.${at}.label`, faults)
          const { fault: hrefFault, ...hrefControl } = controlOf(`items.${at}.href`, faults)
          return (
            <li key={hrefControl.id}>
              <div class="pair">
                <input
                  {...labelControl}
                  value={label}
                  aria-label={texts.settings.form.itemLabel({ at: at + 1 })}
                  placeholder={texts.settings.form.itemLabelExample}
                  maxlength={100}
                  dir="auto"
                  autofocus={added === at}
                />
                <input
                  {...hrefControl}
                  value={href}
                  aria-label={texts.settings.form.itemAddress({ at: at + 1 })}
                  placeholder="/about"
                  inputmode="url"
                />
              </div>
              <RowButtons at={at} count={value.items.length} name={label || texts.settings.form.item({ at: at + 1 })} />
              <Fault id={labelControl.id} fault={labelFault} />
              <Fault id={hrefControl.id} fault={hrefFault} />
            </li>
          )
        })}
      </ol>
    )}
    <button type="submit" name="do" value="add.0" class="button quiet small" formnovalidate>
      {texts.settings.form.addItem}
    </button>
  </div>
)
