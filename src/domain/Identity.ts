import { Option } from "effect"

/** Who the owner is on the web: the identity that the settings name, or the site itself. Always with a path. */
export const ownerIdentity = (settings: {
  readonly siteUrl: string
  readonly adminMe: Option.Option<string>
}): string => Option.getOrElse(settings.adminMe, () => `${settings.siteUrl}/`)
