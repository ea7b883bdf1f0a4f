import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { inEnglish, texts } from "../../texts/Texts.js"

type Words = Pick<ErrorInfo, "message" | "suggestion" | "troubleshooting">

/** The texts of a failure in the site's language. Texts without a translation are in English, and marked as such. */
export const failureWords = ({
  code,
  message,
  suggestion,
  troubleshooting
}: Words & Pick<ErrorInfo, "code">): Words => {
  const translated: Readonly<Record<string, Words>> = texts.failures
  return (
    translated[code] ?? {
      message: inEnglish(message),
      suggestion: inEnglish(suggestion),
      troubleshooting: troubleshooting.map(inEnglish)
    }
  )
}
