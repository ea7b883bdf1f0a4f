import { Option } from "effect"

/**
 * A person's address in the one form that can be compared (IndieAuth §3.2, §3.4): scheme and host in lower case, no default
 * port, `/` for an empty path. None for what is no such address: another scheme, a user name, a fragment.
 */
export const profileUrl = (text: string): Option.Option<string> => {
  if (!URL.canParse(text)) return Option.none()
  const url = new URL(text)
  const isWeb = url.protocol === "https:" || url.protocol === "http:"
  return isWeb && url.username === "" && url.password === "" && !text.includes("#")
    ? Option.some(url.href)
    : Option.none()
}

/** Whether two addresses name the same person. What is no such address names nobody. */
export const isSameProfile = (one: string, other: string): boolean =>
  Option.getOrElse(
    Option.zipWith(profileUrl(one), profileUrl(other), (a, b) => a === b),
    () => false
  )

/**
 * The owner's page, where it is on another host than the site: only then may somebody else vouch for the owner. A page on
 * the site's own host is the site's.
 */
export const profileElsewhere = (settings: {
  readonly adminMe: Option.Option<string>
  readonly siteUrl: string
}): Option.Option<string> =>
  settings.adminMe.pipe(
    Option.flatMap(profileUrl),
    Option.filter((me) => new URL(me).host !== new URL(settings.siteUrl).host)
  )
