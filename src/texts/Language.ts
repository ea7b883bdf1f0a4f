/** `Intl` formats plain `en` with American dates; day before month is unambiguous. */
export const localeOf = (language: string): string => (language === "en" ? "en-GB" : language)

/** The first part of a language tag, in lower case: `de` of `de-AT`. */
export const primary = (language: string): string => (/^[A-Za-z]{2,8}/.exec(language)?.[0] ?? "en").toLowerCase()

const rightToLeft = new Set(["ar", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])

/** The direction in which a language is written; a script in its tag (`az-Arab`, `ur-Latn`) decides before the language. */
export const directionOf = (language: string): "ltr" | "rtl" => {
  const script = /^[a-z]{2,3}-([a-z]{4})(?:-|$)/i.exec(language)?.[1]?.toLowerCase()
  if (script !== undefined) return /^(?:arab|hebr|thaa|syrc|nkoo|adlm|rohg)$/.test(script) ? "rtl" : "ltr"
  return rightToLeft.has(primary(language)) ? "rtl" : "ltr"
}

/** The attributes of a document in a language. Left to right is what browsers assume. */
export const documentLanguage = (language: string): { readonly lang: string; readonly dir?: "rtl" } => ({
  lang: language,
  ...(directionOf(language) === "rtl" && { dir: "rtl" as const })
})
