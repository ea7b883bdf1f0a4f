/** Maximum length of a stored path in characters; no generator writes longer ones. */
const longest = 2_000

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Names of the index file of a folder. */
const indexName = /\/(?:index|_index|default)\.(?:html?|xhtml|php|aspx?)$/i
const pageExtension = /\.(?:html?|xhtml)$/i

/**
 * Normalizes an address to a path: decoded, in Unicode NFC, without query, fragment, host, double slashes, trailing
 * slash, `index.html` and `.html`, so that all spellings of an address are equal. Begins with a slash; `/` for the
 * root; `undefined` if it is not a path or too long.
 */
export const oldAddressPath = (address: string): string | undefined => {
  const [path = ""] = address
    .trim()
    .replace(/^https?:\/\/[^/?#]*/i, "")
    .split(/[?#]/, 1)
  const plain = `/${decoded(path)}`
    .normalize("NFC")
    .replace(/[\\/]+/g, "/")
    .replace(indexName, "/")
    .replace(/\/+$/, "")
    .replace(pageExtension, "")
  if (plain.length > longest || /[\p{Cc}\p{Surrogate}]/u.test(plain)) return undefined
  return plain === "" ? "/" : plain
}

/** Folds a stored path for lookup, ignoring case. */
export const foldedAddress = (path: string): string => path.toLowerCase().normalize("NFC")

/** Returns whether a text has the format of `oldAddressPath`. */
export const isOldAddress = (path: unknown): path is string =>
  typeof path === "string" &&
  path.startsWith("/") &&
  path.length > 1 &&
  path.length <= longest &&
  !/[\p{Cc}\p{Surrogate}]/u.test(path)

/** Normalizes addresses of an old site, without duplicates and without the root, in order. */
export const oldAddressPaths = (addresses: Iterable<string>): ReadonlyArray<string> => {
  const paths = new Set<string>()
  for (const address of addresses) {
    const path = oldAddressPath(address)
    if (path !== undefined && path !== "/") paths.add(path)
  }
  return [...paths]
}
