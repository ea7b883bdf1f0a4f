import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { marked } from "../../texts/Fallback.js"
import { spokenEnglish, texts } from "../../texts/Texts.js"

type Words = Pick<ErrorInfo, "message" | "suggestion" | "troubleshooting">

/** Words of a failure in the site's language. What is not translated is the English of the catalogue, marked as such. */
export const failureWords = ({ code, ...words }: Words & Pick<ErrorInfo, "code">): Words => {
  if (spokenEnglish()) return words
  const translated = (texts.failures as Readonly<Record<string, Words>>)[code]
  return (
    translated ?? {
      message: marked(words.message),
      suggestion: marked(words.suggestion),
      troubleshooting: words.troubleshooting.map(marked)
    }
  )
}
