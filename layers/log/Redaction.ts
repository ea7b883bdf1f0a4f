import { memoized } from "../../src/domain/Memo.js"

/** Replacement of a secret. */
export const mask = "<redacted>"

/** Endings of the last word of a secret's name: `access_token`, `Set-Cookie`, `clientSecret`, `userpassword`. */
const secretEnding =
  /(?:authorization|cookie|credential|passphrase|password|secret|token)s?$|^(?:jwt|passwd|pwd|session|verifier)$/

/** Names that are secret as a whole, but not as the end of a longer one: `status_code` and `sync_state` are not. */
const secretNames: ReadonlySet<string> = new Set([
  "access_key",
  "api_key",
  "apikey",
  "auth",
  "auth_code",
  "authorization_code",
  "code",
  "csrf",
  "oauth_state",
  "private_key",
  "session_id",
  "sessionid",
  "sid",
  "state",
  "x_api_key"
])

/** Common words: secret in a query string or as a text field, but not in sentences. */
const everyday: ReadonlySet<string> = new Set(["auth", "code", "cookies", "session", "state", "tokens"])

/** `text`: the value is masked unless it is a number. `always`: any value is masked. */
export type Secrecy = "none" | "text" | "always"

const judge = (name: string): Secrecy => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
  const whole = words.join("_")
  if (!secretNames.has(whole) && !secretEnding.test(words.at(-1) ?? "")) return "none"
  return everyday.has(whole) ? "text" : "always"
}

/** Maximum length of a name; only the end of a longer one is checked. */
const maxName = 128

/** Returns whether a value of this name is a secret. Supports snake_case, kebab-case and camelCase. */
export const secrecyOf: (name: string) => Secrecy = memoized((name) => judge(name.slice(-maxName)), {
  maxLength: maxName
})

/** Returns whether a named value is masked. */
export const isSecret = (name: string, value: unknown): boolean => {
  const secrecy = secrecyOf(name)
  if (secrecy === "none" || value === undefined || value === null || typeof value === "boolean") return false
  return secrecy === "always" || typeof value !== "number"
}

/** A text without any of these contains no recognizable secret, which ends the check for most texts. */
const suspicious = /[=@]|bearer|basic|dpop|authorization|cookie|passw|passphrase|token|secret|session/i

/** Credentials of an `Authorization` header (RFC 9110 §11.6.2), but not "bearer token" in a sentence. */
const schemes = /\b(bearer|dpop|basic)((?:\s|%20|\+)+)(?!tokens?\b|auth|realm=)["']?[A-Za-z0-9._~+/=-]+/gi

/** User information in an address (RFC 3986 §3.2.1). */
const userinfo = /:\/\/[^\s/?#]*@/g

/** Headers whose whole value is secret, to the end of the line. */
const headers = /\b(authorization|(?:set-)?cookie)(["']?\s{0,8}[:=]\s{0,8})[^\r\n]+/gi

/**
 * Name and sign of `name=value` or `name: value`, also quoted or percent-encoded inside another address. A match can
 * start only where a name starts, so matching is linear.
 */
const names =
  /(?:(?<![\w.%-])|(?<=%(?:26|3f|23|2f|3b)))((?:[\w.-]|%(?!26|3f|3d|23|2f|3b|3a)[0-9a-f]{2}){1,64})["']?\s{0,8}([=:]|%3d)\s{0,8}/gi

/** What precedes a name in a query string or a form, or in one that an error message quotes. */
const queryStart = /(?:^|[?&;#]|: |%(?:26|3f|23|3b))$/i

const value = /"[^"]*"?|'[^']*'?|[^&;\s"'<>,]+/y

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const scrubPairs = (text: string): string => {
  let clean = ""
  let from = 0
  for (const match of text.matchAll(names)) {
    const [whole, name = "", sign] = match
    const end = match.index + whole.length
    if (match.index < from) continue
    const secrecy = secrecyOf(decoded(name))
    if (secrecy === "none") continue
    const before = text.slice(Math.max(0, match.index - 3), match.index)
    if (secrecy === "text" && (sign === ":" || !queryStart.test(before))) continue
    value.lastIndex = end
    if (!value.test(text)) continue
    clean += text.slice(from, end) + mask
    from = value.lastIndex
  }
  return clean + text.slice(from)
}

/** Masks recognizable secrets in a text: `Bearer …`, passwords in addresses, named values in queries. */
export const scrub = (text: string): string =>
  suspicious.test(text)
    ? scrubPairs(text.replace(headers, `$1$2${mask}`).replace(schemes, `$1$2${mask}`).replace(userinfo, `://${mask}@`))
    : text
