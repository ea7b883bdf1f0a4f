/** A stretch of a text, by UTF-16 offsets, and what takes its place. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text with the edits made; of two that overlap the one that begins first is made, or else the longer one. */
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
