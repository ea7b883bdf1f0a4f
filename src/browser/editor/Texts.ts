import { script as german } from "../../texts/de/Script.js"
import { script as english } from "../../texts/en/Script.js"
import { script as spanish } from "../../texts/es/Script.js"
import { script as french } from "../../texts/fr/Script.js"
import { primary } from "../../texts/Language.js"
import { script as dutch } from "../../texts/nl/Script.js"
import { completed } from "../../texts/Translation.js"

const translations: Readonly<Record<string, typeof german>> = { de: german, es: spanish, fr: french, nl: dutch }

const language = primary(document.documentElement.lang)

/** Texts of the editor's script in the language of its page, or English if there is no translation. */
export const texts = language === "en" ? english : completed(english, translations[language], (text) => text)
