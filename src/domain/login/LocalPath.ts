import { Option } from "effect"

/** Longer ones than this are nobody's: an authorization request of a client, the longest there is, takes about a thousand. */
const longest = 4096

/** A host that no address of ours has: whatever resolves away from it leads to another site. */
const nowhere = "https://nowhere.invalid"

/**
 * Reads where to go on after a login: a path of this site, with its query, and nothing else. It begins with exactly one
 * slash and holds no backslash, no empty segment and no control character, which browsers read as the beginning of
 * another host (WHATWG URL §4.4). Answers it as it is written in a `Location` header.
 */
export const localPath = (text: string | undefined): Option.Option<string> => {
  if (text === undefined || text.length > longest || !text.startsWith("/")) return Option.none()
  const [path = ""] = text.split(/[?#]/, 1)
  if (/[\\\p{Cc}]/u.test(text) || path.includes("//") || !URL.canParse(text, nowhere)) return Option.none()
  const { origin, pathname, search } = new URL(text, nowhere)
  return origin === nowhere && !pathname.includes("//") ? Option.some(`${pathname}${search}`) : Option.none()
}
