import type { JSX } from "preact"
import { lifetimeChoices, type TokenLifetime } from "../../../domain/indieauth/TokenLifetime.js"
import { texts } from "../../../texts/Texts.js"

/** The lifetime of a token as a form field; without renewal if the form is not for an app. */
export const LifetimeField = ({ renewable }: { readonly renewable: boolean }): JSX.Element => {
  const choices = Object.entries(lifetimeChoices) as ReadonlyArray<
    readonly [keyof typeof lifetimeChoices, TokenLifetime]
  >
  return (
    <div class="field">
      <label for="lifetime">{texts.apps.lifetime}</label>
      <select id="lifetime" name="lifetime">
        {choices
          .filter(([, choice]) => renewable || choice.renewable !== true)
          .map(([name]) => (
            <option key={name} value={name}>
              {texts.apps.lifetimes[name]}
            </option>
          ))}
      </select>
      {renewable && <small>{texts.apps.renewal}</small>}
    </div>
  )
}
