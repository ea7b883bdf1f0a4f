import { memoized } from "../domain/Memo.js"
import { formatNumber, formatRounded, formatUnit } from "./Counted.js"
import { german } from "./de/German.js"
import { english } from "./en/English.js"
import { spanish } from "./es/Spanish.js"
import { marked } from "./Fallback.js"
import { french } from "./fr/French.js"
import { primary } from "./Language.js"
import { dutch } from "./nl/Dutch.js"
import { completed, type Translation } from "./Translation.js"

/** Texts of every page, by feature. */
export type Texts = typeof english

/** The translations, by language. A language without one speaks English. */
export const translations: Readonly<Record<string, Translation<Texts>>> = {
  de: german,
  es: spanish,
  fr: french,
  nl: dutch
}

/** Completed once per language, because a site has one and changes it seldom. */
const complete = memoized(
  (language): Texts => (language === "en" ? english : completed(english, translations[language]))
)

/** The texts in a language of a BCP 47 tag. Those that it lacks are English and marked: see `Fallback`. */
export const textsIn = (language: string): Texts => complete(primary(language))

/**
 * Returns the language of the interface of a site in `language`: the same if there is a translation, otherwise English.
 */
export const interfaceLanguage = (language: string): string =>
  primary(language) in translations ? language : primary(language) === "en" ? language : "en"

let spoken: Texts = english
let spokenTag = "en"

/**
 * Sets the language of `texts`. A process has one site. The code that reads the site sets the language, so that a
 * new setting takes effect with the next page; rendering sets it again, because it is synchronous.
 */
export const speak = (language: string): void => {
  if (language === spokenTag) return
  spoken = textsIn(language)
  spokenTag = language
}

/** Marks an English text that has no translation, unless the texts are English. */
export const inEnglish = (text: string): string => (spoken === english ? text : marked(text))

/** Formats a number with at most so many significant digits as the site's language writes it. */
export const spokenRounded = (number: number, digits: number): string => formatRounded(spokenTag, number, digits)

/** Formats a number with a unit of ECMA-402, such as `megabyte`, as the site's language writes it. */
export const spokenUnit = (number: number, digits: number, unit: string, display: "short" | "long" = "short"): string =>
  formatUnit(spokenTag, number, digits, unit, display)

/** Formats a number as the site's language writes it. */
export const spokenNumber = (number: number): string => formatNumber(spokenTag, number)

/**
 * The texts of the site's language at the moment of reading, by feature: `texts.blog.archive`. Read them where a page
 * is made, never while a module loads.
 */
export const texts = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.keys(english).map((feature) => [feature, { enumerable: true, get: () => spoken[feature as keyof Texts] }])
  )
) as Texts
