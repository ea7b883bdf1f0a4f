import { Option } from "effect"

/**
 * Normalizes a profile address for comparison (IndieAuth §3.2, §3.4): scheme and host in lower case, no default port,
 * `/` for an empty path. None if it is not valid: another scheme, a user name, a fragment.
 */
const profileUrl = (text: string): Option.Option<string> => {
  if (!URL.canParse(text)) return Option.none()
  const url = new URL(text)
  const isWeb = url.protocol === "https:" || url.protocol === "http:"
  return isWeb && url.username === "" && url.password === "" && !text.includes("#")
    ? Option.some(url.href)
    : Option.none()
}

/** Returns whether two addresses identify the same person; false if one of them is not valid. */
export const isSameProfile = (one: string, other: string): boolean =>
  Option.getOrElse(
    Option.zipWith(profileUrl(one), profileUrl(other), (a, b) => a === b),
    () => false
  )

/** The owner's page if it is on another host than the site: only then can a provider vouch for the owner. */
export const profileElsewhere = (settings: {
  readonly adminMe: Option.Option<string>
  readonly siteUrl: string
}): Option.Option<string> =>
  settings.adminMe.pipe(
    Option.flatMap(profileUrl),
    Option.filter((me) => new URL(me).host !== new URL(settings.siteUrl).host)
  )
