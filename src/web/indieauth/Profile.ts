import { Effect, Option } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import { Settings, type SettingsValues } from "../../settings/Config.js"
import { ownerIdentity } from "../login/StartSession.js"
import { type CurrentSite, type Site, site } from "../theme/Site.js"

/** The owner's profile (IndieAuth §5.3.4). */
export interface Profile {
  readonly name: string
  readonly url: string
  readonly photo?: string
  readonly email?: string
}

/** The owner's profile, with the e-mail address if the scopes include `email`. */
export const profileOf = (
  settings: SettingsValues,
  { author, email, photo }: Site,
  scopes: ReadonlyArray<string>
): Profile => ({
  name: author,
  url: ownerIdentity(settings),
  ...(Option.isSome(photo) && { photo: photo.value.url }),
  ...(scopes.includes("email") && Option.isSome(email) && { email: email.value })
})

/** Makes the member `profile` of a response for an app with these scopes. */
export type ProfileFor = (scopes: ReadonlyArray<string>) => { readonly profile?: Profile }

/**
 * The owner's profile for apps, as the settings say at the moment. Absent without the
 * scope `profile`; with the e-mail address if the scope `email` was granted too.
 */
export const profiles: Effect.Effect<
  Effect.Effect<ProfileFor, DatabaseFailure, CurrentSite>,
  never,
  Settings
> = Effect.map(Settings, (settings) =>
  Effect.map(
    site,
    (about) => (scopes) => (scopes.includes("profile") ? { profile: profileOf(settings, about, scopes) } : {})
  )
)
