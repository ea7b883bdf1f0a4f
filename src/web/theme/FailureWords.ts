import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import { inEnglish, texts } from "../../texts/Texts.js"

type Words = Pick<ErrorInfo, "message" | "suggestion" | "troubleshooting">

/** The words of a failure that depend on its data. Its code and its class belong together (`FailureVariants`). */
const variant = (code: string, failure: object | undefined): Words | undefined => {
  const variants: Readonly<Record<string, (failure: never) => Words>> = texts.failureVariants
  return failure === undefined ? undefined : variants[code]?.(failure as never)
}

/** The texts of a failure in the site's language. Texts without a translation are in English, and marked as such. */
export const failureWords = ({
  code,
  failure,
  message,
  suggestion,
  troubleshooting
}: Words & Pick<ErrorInfo, "code" | "failure">): Words => {
  const translated: Readonly<Record<string, Words>> = texts.failures
  return (
    translated[code] ??
    variant(code, failure) ?? {
      message: inEnglish(message),
      suggestion: inEnglish(suggestion),
      troubleshooting: troubleshooting.map(inEnglish)
    }
  )
}

/** The message and the suggestion of a failure as sentences, in the site's language. */
export const failureSentences = (info: ErrorInfo): string => {
  const { message, suggestion } = failureWords(info)
  return `${message}. ${suggestion}`
}
