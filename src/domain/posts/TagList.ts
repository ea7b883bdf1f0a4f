/** A label as it stands in a list: in quotation marks where it holds what separates labels. */
const quoted = (label: string): string => (/^["#]|,/.test(label) ? `"${label.replaceAll('"', '""')}"` : label)

/**
 * Tags as one line of text, such as `slow web, css`. A single label with a space in it is followed by a comma, so that
 * reading the line gives the same labels again.
 */
export const showTags = (labels: ReadonlyArray<string>): string => {
  const [only] = labels
  const line = labels.map(quoted).join(", ")
  return labels.length === 1 && only !== undefined && /\s/.test(only) ? `${line},` : line
}

/**
 * Reads the labels in a line of tags: separated by commas, or by spaces where there is no comma. A leading `#` is how
 * people mark tags, and no part of the label. A label in quotation marks is taken as it stands.
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
