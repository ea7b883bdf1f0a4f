import type { JSX } from "preact"
import type { SectionProps } from "./SectionProps.js"
import { controlOf, Fault, RowButtons } from "./SettingsFields.js"

/** The items of the site's menu, in order. */
export const MenuFields = ({ added, faults, value }: SectionProps<"menu">): JSX.Element => (
  <div class="card padded">
    <p class="quiet-text">
      Addresses are paths of this site, such as <code>/about</code>, or complete web addresses.
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
                  aria-label={`Label ${at + 1}`}
                  placeholder="Label"
                  maxlength={100}
                  dir="auto"
                  autofocus={added === at}
                />
                <input
                  {...hrefControl}
                  value={href}
                  aria-label={`Address ${at + 1}`}
                  placeholder="/about"
                  inputmode="url"
                />
              </div>
              <RowButtons at={at} count={value.items.length} name={label || `item ${at + 1}`} />
              <Fault id={labelControl.id} fault={labelFault} />
              <Fault id={hrefControl.id} fault={hrefFault} />
            </li>
          )
        })}
      </ol>
    )}
    <button type="submit" name="do" value="add.0" class="button quiet small" formnovalidate>
      Add item
    </button>
  </div>
)
