/** A label in a list, quoted if it contains separators. */
const quoted = (label: string): string => (/^["#]|,/.test(label) ? `"${label.replaceAll('"', '""')}"` : label)

/** Formats tags as one line, such as `slow web, css`. `readTags` returns the same labels. */
export const showTags = (labels: ReadonlyArray<string>): string => labels.map(quoted).join(", ")

/**
 * Parses a line of tags, separated by commas. A leading `#` is not part of the label. A quoted label is taken
 * literally.
 */
export const readTags = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?:,|$)|([^,]+)(?:,|$)|,)/g)]
    .map(([, quotedLabel, plain = ""]) => quotedLabel?.replaceAll('""', '"') ?? plain.trim().replace(/^#+(?=.)/, ""))
    .map((label) => label.trim())
    .filter((label) => label !== "")
