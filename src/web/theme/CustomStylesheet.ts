import { Option } from "effect"
import { fingerprint, type NamedAsset } from "./NamedAsset.js"
import type { Site } from "./Site.js"

/** Addresses of custom stylesheets. */
export const customStylesheetTemplate = "/static/custom/:sheet"

/**
 * The owner's own CSS, as a stylesheet of its own: its address changes with it, the content security policy allows no
 * other place, and no page of the owner loads it.
 */
export const customStylesheet = ({ look: { css } }: Pick<Site, "look">): Option.Option<NamedAsset> =>
  css === ""
    ? Option.none()
    : Option.some({
        path: `/static/custom/${fingerprint(css)}.css`,
        content: css,
        contentType: "text/css; charset=utf-8"
      })
