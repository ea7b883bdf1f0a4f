import { longestLanguage } from "../../domain/posts/PostLanguage.js"

/** Languages that the settings offer; others can be set by the environment. */
const offered = [
  ...["ar", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "de-AT", "de-CH", "el", "en", "en-GB", "en-US", "eo", "es"],
  ...["es-MX", "et", "eu", "fa", "fi", "fr", "fr-CA", "fr-CH", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is"],
  ...["it", "ja", "ka", "ko", "lt", "lv", "mk", "ms", "nb", "nl", "nl-BE", "nn", "pl", "pt", "pt-BR", "ro", "ru", "sk"],
  ...["sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"]
]

/** Names that were asked for. Making one takes a tenth of a millisecond. */
const names = new Map<string, string>()

const nameIn = (tag: string): string => {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A language's name in itself, such as `Deutsch`; the tag if it has none. */
export const languageName = (tag: string): string => {
  const name = names.get(tag) ?? nameIn(tag)
  if (offered.includes(tag)) names.set(tag, name)
  return name
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name.localeCompare(other.name, "en")

/** The languages to choose from, by name, with the present one, unless it is too long to be a language. */
export const languages = (present: string): ReadonlyArray<{ readonly tag: string; readonly name: string }> =>
  [...new Set([...offered, ...(present === "" || present.length > longestLanguage ? [] : [present])])]
    .map((tag) => ({ tag, name: languageName(tag) }))
    .toSorted(byName)
