import { type ArchiveRules, held } from "./ArchiveRules.js"
import type { FileReading, HeldBack } from "./FileReading.js"
import { outside } from "./Generator.js"
import type { HeldBackReason, PagePlace } from "./Place.js"
import type { Finding } from "./Withholding.js"

/** Formats that cannot be read, by extension. */
const formats: ReadonlyArray<readonly [RegExp, HeldBackReason, string]> = [
  [/\.org$/i, "format", "is in Org mode, which is not supported"],
  [/\.(?:adoc|asciidoc|asc)$/i, "format", "is in AsciiDoc, which is not supported"],
  [/\.(?:rst|rest)$/i, "format", "is in reStructuredText, which is not supported"],
  [/\.textile$/i, "format", "is in Textile, which is not supported"],
  [/\.(?:ipynb|rmd|rmarkdown|qmd|wiki|mediawiki|creole|pod|tex)$/i, "format", "is in an unsupported format"],
  [/\.(?:njk|liquid|ejs|hbs|handlebars|mustache|pug|jade|haml|slim|erb|webc|vto)$/i, "template", "is a template"]
]

/** Returns whether a file may be a page of a site, by its name. */
export const mayBePage = (path: string): boolean =>
  /\.(?:md|markdown|mkd|mkdn|mkdown|mdown|mdwn|mdtxt|mdtext|mdx|mdoc|txt|html?|xhtml)$/i.test(path) ||
  formats.some(([name]) => name.test(path))

const asDraft = (because: string): Finding => ({ level: "draft", because })

/** The place of a file, or why it is not read. A file that is held back becomes a draft if the options ask for that. */
export const placeOf = (path: string, rules: ArchiveRules): PagePlace | FileReading => {
  const place = path.startsWith("../") ? outside : rules.reading.place(path)
  if (place.kind === "passed") return { passedOver: place.why }
  const format = formats.find(([name]) => name.test(path))
  const reason: HeldBack | undefined =
    place.kind === "held"
      ? held(place.reason, place.why)
      : rules.isIgnored(path)
        ? held("not_published", "is excluded by the site's configuration")
        : format === undefined
          ? undefined
          : held(format[1], format[2])
  if (reason === undefined && place.kind === "page") return place
  if (reason === undefined || format !== undefined || !rules.heldBackAsDrafts)
    return reason ?? held("page", "is not a post")
  return { kind: "page", contentPath: path, isPage: false, withheld: asDraft(reason.why) }
}
