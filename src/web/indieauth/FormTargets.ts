/**
 * Where the owner may get to from the consent form, for its content security policy. Chromium holds every redirect that
 * follows a form against `form-action`, those of the app's own servers included, and apps do send people on from their
 * `redirect_uri` to other hosts: so all of https is named, and what is not https by its origin, or by its scheme where
 * that belongs to an app.
 */
export const formTargets = (redirectUri: string): ReadonlyArray<string> => {
  const { origin, protocol } = new URL(redirectUri)
  if (protocol === "https:") return ["https:"]
  return ["https:", protocol === "http:" ? origin : protocol]
}
