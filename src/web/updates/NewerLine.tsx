import type { JSX } from "preact"
import type { Release } from "../../domain/updates/Release.js"
import { texts } from "../../texts/Texts.js"
import { version } from "../../version.js"

/** A line that names a newer release and links to its notes. */
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
