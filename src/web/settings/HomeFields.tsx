import type { JSX } from "preact"
import { kinds } from "../../domain/posts/PostKind.js"
import { texts } from "../../texts/Texts.js"
import type { SectionProps } from "./SectionProps.js"

/** Fields that select the kinds of posts on the home page. */
export const HomeFields = ({ counts, value }: SectionProps<"home">): JSX.Element => (
  <fieldset class="card padded">
    <legend>{texts.settings.form.home}</legend>
    <div class="kinds">
      {kinds.map((kind) => (
        <label key={kind} class="check">
          <input type="checkbox" name="shown" value={kind} checked={!value.hidden.includes(kind)} />
          <span>
            {texts.theme.kindLists[kind]}{" "}
            {counts?.has(kind) === true && <small class="count">{counts.get(kind)}</small>}
          </span>
        </label>
      ))}
    </div>
    <small>{texts.settings.form.homeHint}</small>
  </fieldset>
)
