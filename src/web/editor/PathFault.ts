import type { FormFault } from "../../domain/editor/PostFormChange.js"
import type { PagePathTaken } from "../../errors/Page.js"

/** The error of the address of a page that belongs to something else. */
export const pathFault = ({ info }: PagePathTaken): FormFault => ({
  field: "slug",
  message: `${info.message}. ${info.suggestion}`
})
