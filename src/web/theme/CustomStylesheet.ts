import { Option } from "effect"
import { fingerprint, type NamedAsset } from "./NamedAsset.js"
import type { Site } from "./Site.js"

/** Addresses of custom stylesheets. */
export const customStylesheetTemplate = "/static/custom/:sheet"

/**
 * The owner's CSS as a separate stylesheet. Its address changes with its content. The content security policy allows
 * CSS only in files, and the owner's pages do not load it.
 */
export const customStylesheet = ({ look: { css } }: Pick<Site, "look">): Option.Option<NamedAsset> =>
  css === ""
    ? Option.none()
    : Option.some({
        path: `/static/custom/${fingerprint(css)}.css`,
        content: css,
        contentType: "text/css; charset=utf-8"
      })
