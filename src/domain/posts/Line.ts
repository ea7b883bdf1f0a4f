/** Converts a text to one line: runs of white space and control characters become single spaces. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim()

/** Quotation marks of all conventions, which a rendering has in place of typed ones. */
const quotes = /["'“”„‟«»‹›‘’‚‛]/g

/** A text without quotes and repeated white space, to compare what was typed with what was rendered. */
export const unquoted = (text: string): string => text.replace(quotes, "").replace(/\s+/g, " ").trim()

/** Maximum number of characters that are read for a line: longer than any address, name or place. */
const mostRead = 10_000

/** Like `oneLine`, but reads only the first ten thousand characters, for texts that are cut anyway. */
export const openingLine = (text: string): string => oneLine(text.slice(0, mostRead))

/** Cuts a line to `length` characters, between words if possible, and adds an ellipsis. */
export const shortened = (line: string, length: number): string => {
  if (line.length <= length) return line
  const cut = line.slice(0, length)
  const lastSpace = cut.lastIndexOf(" ")
  return `${(lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut.slice(0, -1)).replace(/\p{Surrogate}$/u, "")}…`
}
