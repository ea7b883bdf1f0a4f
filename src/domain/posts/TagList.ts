/** A label in a list, quoted if it contains separators. */
const quoted = (label: string): string => (/^["#]|,/.test(label) ? `"${label.replaceAll('"', '""')}"` : label)

/**
 * Formats tags as one line, such as `slow web, css`. A single label with a space gets a comma after it, so that
 * `readTags` returns the same labels.
 */
export const showTags = (labels: ReadonlyArray<string>): string => {
  const [only] = labels
  const line = labels.map(quoted).join(", ")
  return labels.length === 1 && only !== undefined && /\s/.test(only) ? `${line},` : line
}

/**
 * Parses a line of tags: separated by commas, or by spaces if there is no comma. A leading `#` is not part of the
 * label. A quoted label is taken literally.
 */
export const readTags = (line: string): ReadonlyArray<string> => {
  const tokens = [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?:,|$)|([^,]+)(?:,|$)|,)/g)]
  const hasComma = tokens.some(([token]) => token.trimEnd().endsWith(",")) || tokens.length > 1
  return tokens
    .flatMap(([, quotedLabel, plain = ""]) => {
      if (quotedLabel !== undefined) return [quotedLabel.replaceAll('""', '"')]
      return (hasComma ? [plain] : plain.split(/\s+/)).map((label) => label.trim().replace(/^#+(?=.)/, ""))
    })
    .map((label) => label.trim())
    .filter((label) => label !== "")
}
