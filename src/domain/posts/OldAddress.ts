/** The longest path that is kept, in characters: no generator writes longer ones. */
const longest = 2_000

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Names by which web servers and generators write the page of a folder. */
const indexName = /\/(?:index|_index|default)\.(?:html?|xhtml|php|aspx?)$/i
const pageExtension = /\.(?:html?|xhtml)$/i

/**
 * A path as old addresses are kept: decoded, in Unicode's composed form, without query, fragment, host, double slashes,
 * trailing slash, `index.html` and `.html`, so that every spelling of an address is one. Begins with a slash; `/` for the
 * root; `undefined` for what is no path, or too long for one.
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

/** A kept path as it is looked for: the case of letters makes no difference. */
export const foldedAddress = (path: string): string => path.toLowerCase().normalize("NFC")

/** Whether a path is one that `oldAddressPath` could have made. */
export const isOldAddress = (path: unknown): path is string =>
  typeof path === "string" &&
  path.startsWith("/") &&
  path.length > 1 &&
  path.length <= longest &&
  !/[\p{Cc}\p{Surrogate}]/u.test(path)

/** The paths of some addresses of an old site, each once and in their order; the root is none. */
export const oldAddressPaths = (addresses: Iterable<string>): ReadonlyArray<string> => {
  const paths = new Set<string>()
  for (const address of addresses) {
    const path = oldAddressPath(address)
    if (path !== undefined && path !== "/") paths.add(path)
  }
  return [...paths]
}
