import { isLanguage } from "../Language.js"
import { type Properties, textsOf } from "./Microformats.js"

/** Property with the language of a post that is not in the site's: `fr`, `pt-BR` (BCP 47). */
export const languageProperty = "lang"

/** Maximum length of a language tag; longer ones are ignored. */
export const longestLanguage = 100

/** The language of a post in its usual spelling; `undefined` if it is in the site's, or the property is no language. */
export const languageOf = ({ properties }: { readonly properties: Properties }): string | undefined => {
  const given = textsOf(properties, languageProperty)[0]?.trim() ?? ""
  return given !== "" && given.length <= longestLanguage && isLanguage(given)
    ? Intl.getCanonicalLocales(given)[0]
    : undefined
}
