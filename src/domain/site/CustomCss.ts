import { type CSSToken, TokenType, tokenize } from "@csstools/css-tokenizer"

/** Longest custom stylesheet, in bytes of UTF-8. */
export const longestCss = 32_768

/** Fault of a custom stylesheet. */
export type CssFault = "too_long" | "import" | "remote" | "closing" | "characters"

/** A host that no site has, to resolve addresses against. */
const base = "https://a.invalid"

/** Files of this site, fragments, and pictures in the text itself. */
const isOwnAddress = (address: string): boolean => {
  if (!URL.canParse(address, base)) return false
  const { origin, pathname, protocol } = new URL(address, base)
  return origin === base || (protocol === "data:" && /^(?:image|font)\//i.test(pathname))
}

/** Functions whose strings are addresses. */
const loading = /^(?:url|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade|element)$/i

/** Functions within them that are no addresses. All others may be: `var()`, `attr()`, and functions of the stylesheet. */
const harmless =
  /^(?:type|calc|min|max|clamp|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|(?:repeating-)?(?:linear|radial|conic)-gradient)$/i

/** Rules that load other stylesheets, or only have a meaning before all others. */
const refusedRules = /^(?:import|charset|namespace)$/i

/**
 * Finds the first token that loads a file of another site, or that could end the style element. Tracks the open
 * functions.
 */
const tokenFault = () => {
  const open: Array<string> = []
  return (token: CSSToken): CssFault | undefined => {
    const isLoading = open.some((name) => loading.test(name))
    switch (token[0]) {
      case TokenType.AtKeyword:
        return refusedRules.test(token[4].value) ? "import" : undefined
      case TokenType.CDO:
      case TokenType.CDC:
        return "closing"
      case TokenType.URL:
        return isOwnAddress(token[4].value) ? undefined : "remote"
      case TokenType.BadURL:
        return "remote"
      case TokenType.String:
        return isLoading && !isOwnAddress(token[4].value) ? "remote" : undefined
      case TokenType.Function:
        open.push(token[4].value)
        return !isLoading || loading.test(token[4].value) || harmless.test(token[4].value) ? undefined : "remote"
      case TokenType.OpenParen:
        open.push("")
        return undefined
      case TokenType.CloseParen:
        open.pop()
        return undefined
      default:
        return undefined
    }
  }
}

/**
 * Returns why a custom stylesheet is refused; `undefined` if it is valid. Parses it as browsers do (CSS Syntax Level
 * 3), so that escapes and comments hide nothing. The content security policy of pages allows pictures from any https
 * site, because posts show them. So this check prevents a pasted stylesheet from reporting visitors to other sites.
 */
export const cssFault = (css: string): CssFault | undefined => {
  if (new TextEncoder().encode(css).length > longestCss) return "too_long"
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it refuses them
  if (/[\u0000-\u0008\u000b\u000e-\u001f]|\p{Surrogate}/u.test(css)) return "characters"
  if (/<\/?\s*(?:style|script)/i.test(css)) return "closing"
  const faultOf = tokenFault()
  for (const token of tokenize({ css })) {
    const fault = faultOf(token)
    if (fault !== undefined) return fault
  }
  return undefined
}
