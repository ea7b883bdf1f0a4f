import type { ListedMedia } from "../../services/MediaLibrary.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"

/** The name of a file on the owner's pages: its description, or its kind and day. */
export const callOfFile = ({ alt, media }: ListedMedia, site: Site): string =>
  alt || texts.library.named({ kind: texts.library.kinds[media.kind], day: site.formatDay(media.uploadedAt) })
