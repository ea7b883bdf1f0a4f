import type { JSX } from "preact"
import { lifetimeChoices, type TokenLifetime } from "../../../domain/indieauth/TokenLifetime.js"

/** The lifetime of a token as a form field; without renewal if the form is not for an app. */
export const LifetimeField = ({ renewable }: { readonly renewable: boolean }): JSX.Element => {
  const choices: ReadonlyArray<readonly [string, TokenLifetime & { readonly title: string }]> =
    Object.entries(lifetimeChoices)
  return (
    <div class="field">
      <label for="lifetime">Expiry</label>
      <select id="lifetime" name="lifetime">
        {choices
          .filter(([, choice]) => renewable || choice.renewable !== true)
          .map(([name, { title }]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
      </select>
      {renewable && <small>Many apps cannot renew a token and stop working when it expires.</small>}
    </div>
  )
}
