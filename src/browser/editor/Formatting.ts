/** A change of the text: the range that is replaced, what replaces it, and the selection after it. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A text and its selection. */
export interface Selected {
  readonly value: string
  readonly start: number
  readonly end: number
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)

/** Returns the selection without white space at its ends, or the word around the caret if nothing is selected. */
const meant = ({ end, start, value }: Selected): Selected => {
  let [from, to] = [start, end]
  if (from === to && isWord(value[from - 1]) && isWord(value[to])) {
    while (isWord(value[from - 1])) from -= 1
    while (isWord(value[to])) to += 1
  }
  while (from < to && /\s/.test(value[from] ?? "")) from += 1
  while (to > from && /\s/.test(value[to - 1] ?? "")) to -= 1
  return { value, start: from, end: to }
}

/** Returns whether the mark stands right before the selection and right after it, and is not part of a longer one. */
const isWrapped = ({ end, start, value }: Selected, mark: string): boolean => {
  const before = /\*+$|`+$/.exec(value.slice(Math.max(0, start - 3), start))?.[0] ?? ""
  const after = /^\*+|^`+/.exec(value.slice(end, end + 3))?.[0] ?? ""
  const fits = (found: string) => found === mark || found === "***"
  return fits(before) && fits(after) && before === after
}

/** Puts a mark around the selection, or removes it. */
export const wrapped = (selected: Selected, mark: string): Change => {
  const { end, start, value } = meant(selected)
  const inner = value.slice(start, end)
  const { length } = mark
  if (isWrapped({ value, start, end }, mark)) {
    return { start: start - length, end: end + length, text: inner, from: start - length, to: end - length }
  }
  if (inner.length > 2 * length && isWrapped({ value: inner, start: length, end: inner.length - length }, mark)) {
    return { start, end, text: inner.slice(length, -length), from: start, to: end - 2 * length }
  }
  return { start, end, text: `${mark}${inner}${mark}`, from: start + length, to: end + length }
}

/** Puts backticks around the selection, or a fence around its lines if there are several. */
export const coded = (selected: Selected): Change => {
  const { end, start, value } = selected
  if (!value.slice(start, end).trim().includes("\n")) return wrapped(selected, "`")
  const { from, to } = linesOf(selected)
  const text = `\`\`\`\n${value.slice(from, to)}\n\`\`\``
  return { start: from, end: to, text, from: from + 4, to: from + 4 + (to - from) }
}

const address = /^(?:https?:\/\/|mailto:)\S+$/i

/** A destination in Markdown: spaces and unbalanced parentheses need angle brackets. */
const destination = (url: string): string =>
  /[()\s]/.test(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : url

/** Turns the selection into a link. Puts the caret at the missing part: the text or the address. */
export const linked = (selected: Selected): Change => {
  const { end, start, value } = meant(selected)
  const inner = value.slice(start, end)
  if (address.test(inner)) {
    return { start, end, text: `[](${destination(inner)})`, from: start + 1, to: start + 1 }
  }
  const caret = inner === "" ? start + 1 : end + 3
  return { start, end, text: `[${inner}]()`, from: caret, to: caret }
}

/** A link to a pasted address with the selected text; `undefined` if it is to be pasted as it is. */
export const pastedLink = ({ end, start, value }: Selected, pasted: string): Change | undefined => {
  const inner = value.slice(start, end)
  const url = pasted.trim()
  const isText = inner.trim() !== "" && !inner.includes("\n") && !address.test(inner.trim())
  if (!isText || !address.test(url) || value.slice(start - 2, start) === "](") return undefined
  const text = `[${inner}](${destination(url)})`
  return { start, end, text, from: start + text.length, to: start + text.length }
}

/** Returns the start of the line that contains an index. `lastIndexOf` would count a negative index as 0. */
const lineStart = (value: string, index: number): number => (index === 0 ? 0 : value.lastIndexOf("\n", index - 1) + 1)

/** Returns the range of the lines that the selection touches. */
const linesOf = ({ end, start, value }: Selected): { readonly from: number; readonly to: number } => {
  const last = end > start && value[end - 1] === "\n" ? end - 1 : end
  const to = value.indexOf("\n", last)
  return { from: lineStart(value, start), to: to === -1 ? value.length : to }
}

const changeLines = (selected: Selected, change: (lines: ReadonlyArray<string>) => ReadonlyArray<string>): Change => {
  const { from, to } = linesOf(selected)
  const before = selected.value.slice(from, to)
  const text = change(before.split("\n")).join("\n")
  if (selected.start !== selected.end) return { start: from, end: to, text, from, to: from + text.length }
  const caret = Math.max(from, selected.start + text.length - before.length)
  return { start: from, end: to, text, from: caret, to: caret }
}

/** Turns the lines into second-level headings, then third-level headings, then text again. */
export const headed = (selected: Selected): Change =>
  changeLines(selected, (lines) => {
    const level = /^#+(?= )/.exec(lines[0] ?? "")?.[0] ?? ""
    const next = level === "" ? "## " : level === "##" ? "### " : ""
    return lines.map((line) => (line.trim() === "" && lines.length > 1 ? line : `${next}${line.replace(/^#+ /, "")}`))
  })

const prefixed = (selected: Selected, has: RegExp, others: RegExp, prefix: (index: number) => string): Change =>
  changeLines(selected, (lines) => {
    const isText = (line: string) => lines.length === 1 || line.trim() !== ""
    if (lines.filter(isText).every((line) => has.test(line))) return lines.map((line) => line.replace(has, ""))
    let index = 0
    return lines.map((line) => (isText(line) ? `${prefix(index++)}${line.replace(others, "")}` : line))
  })

const item = /^\s*(?:[-*+]|\d{1,9}[.)]) +(?:\[[ xX]\] +)?/

/** Turns the lines into a quotation, or back into text. */
export const quoted = (selected: Selected): Change => prefixed(selected, /^> ?/, /^(?!)/, () => "> ")

/** Turns the lines into a list, or back into text. */
export const listed = (selected: Selected): Change => prefixed(selected, /^\s*[-*+] +/, item, () => "- ")

/** Turns the lines into a numbered list, or back into text. */
export const numbered = (selected: Selected): Change =>
  prefixed(selected, /^\s*\d{1,9}[.)] +/, item, (index) => `${index + 1}. `)

const start =
  /^(?<quote>[ \t]*(?:>[ \t]?)*)(?:(?<bullet>[ \t]*[-*+][ \t]+)|(?<indent>[ \t]*)(?<number>\d{1,9})(?<after>[.)][ \t]+))?(?<task>\[[ xX]\][ \t]+)?/

/**
 * Returns the change for the Enter key in a list or a quotation: continues it, or ends it on an empty line. `undefined`
 * if Enter inserts an ordinary line break.
 */
export const continuedLine = ({ end, start: caret, value }: Selected): Change | undefined => {
  if (caret !== end) return undefined
  const from = lineStart(value, caret)
  const stop = value.indexOf("\n", caret)
  const line = value.slice(from, stop === -1 ? value.length : stop)
  const { after, bullet, indent = "", number, quote = "", task } = start.exec(line)?.groups ?? {}
  const isItem = bullet !== undefined || number !== undefined
  const isQuote = quote.includes(">")
  if ((!isItem && !isQuote) || isFenced(value.slice(0, from))) return undefined
  const mark = `${bullet ?? (number === undefined ? "" : `${indent}${number}${after}`)}${isItem ? (task ?? "") : ""}`
  const length = quote.length + mark.length
  if (caret < from + length) return undefined
  if (line.slice(length).trim() === "") {
    // The empty item ends its list; within a quotation, the quotation goes on.
    // Otherwise an empty line ends it, because the next words would still belong to it.
    const rest = isItem && isQuote ? quote : "\n"
    return { start: from, end: from + line.length, text: rest, from: from + rest.length, to: from + rest.length }
  }
  const next = number === undefined ? (bullet ?? "") : `${indent}${Number(number) + 1}${after}`
  const text = `\n${quote}${next}${isItem && task !== undefined ? "[ ] " : ""}`
  return { start: caret, end: caret, text, from: caret + text.length, to: caret + text.length }
}

/** Returns whether a text ends within a fenced block of code. */
const isFenced = (before: string): boolean => (before.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1

/** Inserts a text as a paragraph of its own. */
export const paragraph = ({ end, start, value }: Selected, text: string): Change => {
  const [before, after] = [value.slice(0, start), value.slice(end)]
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  const trail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"
  const caret = start + lead.length + text.length + 2
  return { start, end, text: `${lead}${text}${trail}`, from: caret, to: caret }
}
