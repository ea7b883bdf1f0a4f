import type { JSX } from "preact"
import type { Release } from "../../domain/updates/Release.js"
import { texts } from "../../texts/Texts.js"
import { version } from "../../version.js"

/** One quiet line about a newer release. */
export const NewerLine = ({ release }: { readonly release: Release }): JSX.Element => (
  <p class="hint newer-release">
    {texts.updates.newer({ version: release.version, running: version })}
    {release.url !== undefined && (
      <>
        {" "}
        <a href={release.url} rel="noreferrer">
          {texts.updates.notes}
        </a>
      </>
    )}
  </p>
)
