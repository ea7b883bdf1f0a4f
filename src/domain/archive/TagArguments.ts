/** The arguments of a template tag: those without a name in their order, and those with one. */
export interface TagArguments {
  readonly positional: ReadonlyArray<string>
  readonly named: ReadonlyMap<string, string>
}

/** Characters of arguments that are read. */
const considered = 2_000

const argument =
  /(?:(?<name>[\p{L}_][\p{L}\p{N}_-]*)\s*[=:]\s*)?(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|`(?<raw>[^`]*)`|(?<bare>[^\s,"'`()]+))/gu

const plain = (text: string): string => text.replace(/\\(["'\\])/g, "$1")

/**
 * Reads arguments as Hugo (`src="a" 'b' c`), Jekyll (`src="a" caption='b'`, `lang:js`), Hexo (`a b "c d"`), Nunjucks
 * (`"a", "b"`) and Tera (`(id="a", wide=true)`) write them.
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
    // An address is no named argument, although its scheme looks like one.
    if (name !== undefined && bare?.startsWith("//")) positional.push(`${name}:${bare}`)
    else if (name === undefined) positional.push(value)
    else named.set(name.toLowerCase(), value)
  }
  return { positional, named }
}

/** The first of these arguments that is given. */
export const namedArgument = ({ named }: TagArguments, ...names: ReadonlyArray<string>): string | undefined =>
  names.map((name) => named.get(name)?.trim()).find((value) => value !== undefined && value !== "")
