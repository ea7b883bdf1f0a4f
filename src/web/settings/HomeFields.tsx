import type { JSX } from "preact"
import { kinds } from "../../domain/posts/PostKind.js"
import type { SectionProps } from "./SectionProps.js"
import { kindTitles } from "./Texts.js"

/** Which kinds of posts the home page shows. */
export const HomeFields = ({ value }: SectionProps<"home">): JSX.Element => (
  <fieldset class="card padded">
    <legend>Show on the home page</legend>
    <div class="kinds">
      {kinds.map((kind) => (
        <label key={kind} class="check">
          <input type="checkbox" name="shown" value={kind} checked={!value.hidden.includes(kind)} />
          <span>{kindTitles[kind]}</span>
        </label>
      ))}
    </div>
    <small>Posts of other kinds keep their own pages, feeds and place in search.</small>
  </fieldset>
)
