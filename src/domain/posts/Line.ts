/** A text on one line: runs of white space and control characters become single spaces. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim()

/** Characters of a text that is shown on one line: more than any address, name or place has. */
const mostRead = 10_000

/** As `oneLine`, of texts that are shown cut: what comes after the first ten thousand characters is not read. */
export const openingLine = (text: string): string => oneLine(text.slice(0, mostRead))

/** A line of at most `length` characters, cut between words where they are not too long, and marked with an ellipsis. */
export const shortened = (line: string, length: number): string => {
  if (line.length <= length) return line
  const cut = line.slice(0, length)
  const lastSpace = cut.lastIndexOf(" ")
  return `${(lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut.slice(0, -1)).replace(/\p{Surrogate}$/u, "")}…`
}
