/** Arguments of a template tag. */
export interface TagArguments {
  readonly positional: ReadonlyArray<string>
  readonly named: ReadonlyMap<string, string>
}

/** Maximum number of characters that are parsed. */
const considered = 2_000

const argument =
  /(?:(?<name>[\p{L}_][\p{L}\p{N}_-]*)\s*[=:]\s*)?(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|`(?<raw>[^`]*)`|(?<bare>[^\s,"'`()]+))/gu

const plain = (text: string): string => text.replace(/\\(["'\\])/g, "$1")

/**
 * Parses arguments in the syntax of Hugo (`src="a" 'b' c`), Jekyll (`src="a" caption='b'`, `lang:js`), Hexo (`a b "c
 * d"`), Nunjucks (`"a", "b"`) and Tera (`(id="a", wide=true)`).
 */
export const tagArguments = (text: string): TagArguments => {
  const positional: Array<string> = []
  const named = new Map<string, string>()
  for (const { groups } of text
    .slice(0, considered)
    .replace(/^\(|\)$/g, "")
    .matchAll(argument)) {
    const { bare, double, name, raw, single } = groups ?? {}
    const value = raw ?? bare ?? plain(double ?? single ?? "")
    // The scheme of an address looks like an argument's name.
    if (name !== undefined && bare?.startsWith("//")) positional.push(`${name}:${bare}`)
    else if (name === undefined) positional.push(value)
    else named.set(name.toLowerCase(), value)
  }
  return { positional, named }
}

/** The first of these named arguments that has a value. */
export const namedArgument = ({ named }: TagArguments, ...names: ReadonlyArray<string>): string | undefined =>
  names.map((name) => named.get(name)?.trim()).find((value) => value !== undefined && value !== "")
