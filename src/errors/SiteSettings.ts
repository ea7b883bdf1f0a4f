import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** A section of the site's settings was changed elsewhere after its form was opened. */
export class SettingsConflict extends TaggedFailure<SettingsConflict>()(
  "SettingsConflict",
  { section: Schema.String },
  { section: "menu" }
) {
  get info(): ErrorInfo {
    return {
      code: "settings.conflict",
      status: 409,
      fault: "user",
      retryable: false,
      message: "These settings were changed elsewhere after you opened them",
      suggestion: "Compare both versions, then save the one that you want",
      troubleshooting: ["Another tab or device may have changed them", "Nothing was overwritten"]
    }
  }
}

/** Failures of the settings that the owner makes in the browser. */
export type SiteSettingsFailure = SettingsConflict
