import { memoized } from "../domain/Memo.js"
import { localeOf } from "./Language.js"

/** Forms of a text by the plural rules of its language (`Intl.PluralRules`). `#` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

const rules = memoized((language) => new Intl.PluralRules(language))
const numbers = memoized((language) => new Intl.NumberFormat(localeOf(language)))

/** Formats a number as a language writes it. */
export const formatNumber = (language: string, number: number): string => numbers(language).format(number)

/** Makes the function that puts a count into texts of a language. */
export const counting =
  (language: string) =>
  (count: number, forms: Forms): string =>
    (forms[rules(language).select(count)] ?? forms.other).replaceAll("#", formatNumber(language, count))

const rounded = memoized((style) => {
  const [language = "en", digits, unit = "", display] = style.split(" ")
  return new Intl.NumberFormat(localeOf(language), {
    maximumSignificantDigits: Number(digits),
    ...(unit !== "" && { style: "unit", unit, unitDisplay: display === "long" ? "long" : "short" })
  })
})

/** Formats a number with at most so many significant digits as a language writes it. */
export const formatRounded = (language: string, number: number, digits: number): string =>
  rounded(`${language} ${digits}`).format(number)

/** Formats a number with a unit of ECMA-402 (`megabyte`, `day`) as a language writes it. */
export const formatUnit = (
  language: string,
  number: number,
  digits: number,
  unit: string,
  display: "short" | "long"
): string => rounded(`${language} ${digits} ${unit} ${display}`).format(number)
