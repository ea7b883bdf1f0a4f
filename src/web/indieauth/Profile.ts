import type { SettingsValues } from "../../settings/Config.js"
import { ownerIdentity } from "../login/StartSession.js"

/** The owner's profile (IndieAuth §5.3.4). The site has no picture and no e-mail address of the owner. */
export interface Profile {
  readonly name: string
  readonly url: string
}

/** The owner's profile, from the settings. */
export const profile = (settings: SettingsValues): Profile => ({
  name: settings.siteAuthor === "" ? settings.siteName : settings.siteAuthor,
  url: ownerIdentity(settings)
})

/** The member `profile` of a response, if the scopes include it. */
export const profileFor = (settings: SettingsValues, scopes: ReadonlyArray<string>): { readonly profile?: Profile } =>
  scopes.includes("profile") ? { profile: profile(settings) } : {}
