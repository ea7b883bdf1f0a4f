import type { JSX } from "preact"
import type { ImportReport } from "../../services/Import.js"
import type { ImportChoices } from "../../services/ImportDesk.js"
import { texts } from "../../texts/Texts.js"
import { choicesPath } from "./Addresses.js"

/** Properties of the form. */
export interface ChoicesFormProps {
  readonly report: ImportReport
  readonly choices: ImportChoices
}

interface ChoiceProps {
  readonly name: keyof ImportChoices
  readonly label: string
  readonly hint?: string
  readonly isChosen: boolean
}

const Choice = ({ hint, isChosen, label, name }: ChoiceProps): JSX.Element => (
  <p>
    <label class="check">
      <input
        type="checkbox"
        name={name}
        checked={isChosen}
        {...(hint !== undefined && { "aria-describedby": `${name}-hint` })}
      />{" "}
      {label}
    </label>
    {hint !== undefined && (
      <small class="hint quiet-text" id={`${name}-hint`}>
        {hint}
      </small>
    )}
  </p>
)

/** Returns whether something would come in. */
const hasContent = ({ media, posts, source }: ImportReport): boolean =>
  posts.stored + media.stored > 0 || source === "export"

/** The owner's decision about a file: with what it comes in, or that it is discarded. */
export const ChoicesForm = ({ choices, report }: ChoicesFormProps): JSX.Element => {
  const words = texts.imports.choices
  const { brokenEntries, heldBack, remote } = report
  const hasMissing =
    choices.withoutMissingMedia === true ||
    brokenEntries.some(({ failure }) => failure._tag === "ImportMediaMissing" || failure._tag === "ImportMediaRefused")
  const hasHeldBack = choices.heldBackAsDrafts === true || heldBack.length > 0
  const asksPlace = choices.oldSite !== undefined || remote.isPlaceUnknown
  const hasChoices = remote.named > 0 || hasMissing || hasHeldBack || asksPlace
  return (
    <form method="post" action={choicesPath} class="panel import-choices">
      {hasChoices && <h2>{words.title}</h2>}
      {asksPlace && (
        <p>
          <label for="old-site">{words.oldSite}</label>
          <input
            id="old-site"
            type="url"
            name="oldSite"
            value={choices.oldSite ?? ""}
            placeholder="https://"
            maxLength={2_000}
            aria-describedby="old-site-hint"
          />
          <small class="hint quiet-text" id="old-site-hint">
            {words.oldSiteHint}
          </small>
        </p>
      )}
      {remote.named > 0 && (
        <Choice
          name="fetchMedia"
          label={words.fetch({ count: remote.named, hosts: remote.hosts.join(", ") })}
          hint={words.fetchHint}
          isChosen={choices.fetchMedia === true}
        />
      )}
      {hasMissing && (
        <Choice name="withoutMissingMedia" label={words.withoutMedia} isChosen={choices.withoutMissingMedia === true} />
      )}
      {hasHeldBack && (
        <Choice name="heldBackAsDrafts" label={words.asDrafts} isChosen={choices.heldBackAsDrafts === true} />
      )}
      <div class="actions">
        {hasContent(report) && (
          <button type="submit" class="button" name="action" value="import">
            {words.begin}
          </button>
        )}
        {hasChoices && (
          <button type="submit" class="button quiet" name="action" value="look">
            {words.look}
          </button>
        )}
        <button type="submit" class="link-button" name="action" value="discard" formNoValidate>
          {words.discard}
        </button>
      </div>
    </form>
  )
}
