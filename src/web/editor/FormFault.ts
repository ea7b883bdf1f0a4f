import type { PostForm } from "../../domain/editor/PostForm.js"
import type { FieldFault } from "../../domain/editor/PostFormChange.js"
import { texts } from "../../texts/Texts.js"

/** An error of a field, as a message for the person who filled it in, without a full stop. */
export interface FormFault {
  readonly field: keyof PostForm
  readonly message: string
}

/** Longest part of what was entered that a message quotes. */
const longestQuote = 80

const messageOf = (fault: FieldFault): string => {
  const { faults } = texts.editor
  switch (fault.reason) {
    case "too_many_tags":
    case "too_many_files":
      return faults[fault.reason]({ count: fault.most })
    case "tag_unusable":
    case "address_invalid":
      return faults[fault.reason]({ given: fault.given.slice(0, longestQuote) })
    case "time_invalid":
      return faults.time_invalid({ zone: fault.zone })
    default:
      return faults[fault.reason]
  }
}

/** The error of a field in the words of the site's language. */
export const formFault = (fault: FieldFault): FormFault => ({ field: fault.field, message: messageOf(fault) })
