/** A replacement of part of a text, in UTF-16 offsets. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Applies edits to a text; of two that overlap, the one that begins first wins, then the longer one. */
export const edited = (text: string, edits: ReadonlyArray<Edit>): string => {
  if (edits.length === 0) return text
  const pieces: Array<string> = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < at) continue
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  pieces.push(text.slice(at))
  return pieces.join("")
}
