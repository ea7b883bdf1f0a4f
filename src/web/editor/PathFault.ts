import type { PagePathTaken } from "../../errors/Page.js"
import { failureSentences } from "../theme/FailureWords.js"
import type { FormFault } from "./FormFault.js"

/** The error of the address of a page that belongs to something else. */
export const pathFault = ({ info }: PagePathTaken): FormFault => ({
  field: "slug",
  message: failureSentences(info)
})
