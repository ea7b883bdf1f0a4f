import type { SettingsValues } from "../../settings/Config.js"
import { ownerIdentity } from "../login/StartSession.js"

/** What there is to say of the owner (IndieAuth §5.3.4). The site knows no picture and no e-mail address of theirs. */
export interface Profile {
  readonly name: string
  readonly url: string
}

/** The owner's profile, from the settings. */
export const profile = (settings: SettingsValues): Profile => ({
  name: settings.siteAuthor === "" ? settings.siteName : settings.siteAuthor,
  url: ownerIdentity(settings)
})

/** The member `profile` of an answer, for whoever was allowed to know it. */
export const profileFor = (settings: SettingsValues, scopes: ReadonlyArray<string>): { readonly profile?: Profile } =>
  scopes.includes("profile") ? { profile: profile(settings) } : {}
