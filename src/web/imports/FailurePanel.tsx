import type { JSX } from "preact"
import type { ImportState, ImportTrouble } from "../../services/ImportDesk.js"
import { texts } from "../../texts/Texts.js"
import { failureSentences } from "../theme/FailureWords.js"

/** Longest name of an entry that is shown. */
const longestName = 200

/** Why a file was not imported, for its owner: nothing about paths of the machine. */
const wordsOf = (failure: ImportTrouble): { readonly words: string; readonly entry?: string } => {
  const { failed } = texts.imports
  switch (failure._tag) {
    case "ImportFileRefused": {
      const isEntry = !["kind", "damaged", "too_many"].includes(failure.reason) && failure.detail !== ""
      return {
        words: failed.reasons[failure.reason],
        ...(isEntry && { entry: failure.detail.slice(0, longestName) })
      }
    }
    case "ImportSourceUnusable":
      return { words: failure.reason === "no_posts" || failure.reason === "empty" ? failed.noPosts : failed.source }
    case "ImportTooNew":
      return { words: failed.newer }
    default:
      return { words: `${failureSentences(failure.info)}.` }
  }
}

/** Says why an import has ended. */
export const FailurePanel = ({
  state: { failure, hasBegun, name }
}: {
  readonly state: Extract<ImportState, { readonly step: "failed" }>
}): JSX.Element => {
  const { failed } = texts.imports
  const { entry, words } = wordsOf(failure)
  return (
    <section class="panel" aria-labelledby="failed" role="alert">
      <h2 id="failed">{hasBegun ? failed.broken : failed.title}</h2>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
      </p>
      <p>{words}</p>
      {entry !== undefined && (
        <p class="quiet-text">
          <bdi>{failed.entry({ name: entry })}</bdi>
        </p>
      )}
      <p class="quiet-text">{hasBegun ? failed.partly : failed.nothing}</p>
    </section>
  )
}
