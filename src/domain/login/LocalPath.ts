import { Option } from "effect"

/** Maximum length. The longest path in use, an authorization request, has about a thousand characters. */
const longest = 4096

/** A host that does not exist, so that a path that resolves to another host is detected. */
const nowhere = "https://nowhere.invalid"

/**
 * Validates the path to open after a login: a path of this site with its query. It begins with exactly one slash and
 * has no backslash, empty segment or control character, because browsers may read those as the beginning of a host
 * (WHATWG URL §4.4). Returns it in the form of a `Location` header.
 */
export const localPath = (text: string | undefined): Option.Option<string> => {
  if (text === undefined || text.length > longest || !text.startsWith("/")) return Option.none()
  const [path = ""] = text.split(/[?#]/, 1)
  if (/[\\\p{Cc}]/u.test(text) || path.includes("//") || !URL.canParse(text, nowhere)) return Option.none()
  const { origin, pathname, search } = new URL(text, nowhere)
  return origin === nowhere && !pathname.includes("//") ? Option.some(`${pathname}${search}`) : Option.none()
}
