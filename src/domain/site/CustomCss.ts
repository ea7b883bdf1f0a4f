/** Longest custom stylesheet, in bytes of UTF-8. */
export const longestCss = 32_768

/** What is wrong with a custom stylesheet. */
export type CssFault = "too_long" | "import" | "remote" | "closing" | "characters"

/** CSS escapes (`\69mport`) and comments inside of names would hide what is refused. */
const unescaped = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, "")
    .replace(/\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|\r\n|[\s\S])/gi, (whole, hex: string | undefined) => {
      if (hex === undefined) return whole.slice(1)
      const code = Number.parseInt(hex, 16)
      return code === 0 || code > 0x10_ff_ff ? "\ufffd" : String.fromCodePoint(code)
    })

/**
 * Addresses that a stylesheet may load: files of this site, fragments, and pictures in the text itself. The content
 * security policy would refuse others anyway; here the owner learns of it.
 */
const isOwnAddress = (address: string): boolean =>
  /^(?:#|data:(?:image|font)\/|\/(?![/\\]))/i.test(address) ||
  (!/^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[/\\]/.test(address))

const remotes = (css: string): boolean =>
  [...css.matchAll(/(?:url|src)\(\s*(["']?)([^"')]*)\1/gi)].some(
    ([, , address = ""]) => !isOwnAddress(address.trim())
  ) ||
  [...css.matchAll(/image-set\(([\s\S]*?)\)/gi)].some(([, inside = ""]) =>
    [...inside.matchAll(/(["'])(.*?)\1/g)].some(
      ([, , address = ""]) => !isOwnAddress(address.trim()) && address.includes("/")
    )
  )

/** Returns what keeps a custom stylesheet from being stored; `undefined` if nothing does. */
export const cssFault = (css: string): CssFault | undefined => {
  if (new TextEncoder().encode(css).length > longestCss) return "too_long"
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it refuses them
  if (/[\u0000-\u0008\u000b\u000e-\u001f]/.test(css) || /\p{Surrogate}/u.test(css)) return "characters"
  const plain = unescaped(css)
  if (/<\/?\s*(?:style|script)|<!--|]]>/i.test(css) || /<\/?\s*(?:style|script)/i.test(plain)) return "closing"
  if (/@\s*(?:import|charset|namespace)\b/i.test(plain)) return "import"
  return remotes(plain) || remotes(css) ? "remote" : undefined
}
