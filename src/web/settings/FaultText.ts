import type { SectionName } from "../../domain/site/SiteValues.js"
import { texts } from "../../texts/Texts.js"

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** The error of a field, as a sentence. `path` leads to the field, as in `links.1.url`. */
export const faultText = (section: SectionName, path: string, given: string): string => {
  const { faults, limits } = texts.settings
  const name = path.replace(/^[^.]+\.\d+\./, "")
  const text = shortened(given)
  if (name === "email") return faults.email({ text })
  if (name === "url") return given === "" ? faults.noUrl : faults.url({ text })
  if (name === "href") return given === "" ? faults.noHref : faults.href({ text })
  if (name === "label") return given === "" ? faults.noLabel : faults.label
  return limits[`${section}.${path}` as keyof typeof limits] ?? faults.other
}
