import type { Steps } from "../Steps.js"

/** A replacement of part of a text, in UTF-16 offsets. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Whether each edit begins after the one before it, which spares sorting a hundred thousand of them in one step. */
function* isOrdered(edits: ReadonlyArray<Edit>): Steps<boolean> {
  let last = -1
  for (const { start } of edits) {
    if (start <= last) return false
    last = start
    yield
  }
  return true
}

/** Applies edits to a text; of two that overlap, the one that begins first wins, then the longer one. */
export function* edited(text: string, edits: ReadonlyArray<Edit>): Steps<string> {
  if (edits.length === 0) return text
  const inOrder = (yield* isOrdered(edits)) ? edits : edits.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const pieces: Array<string> = []
  let at = 0
  for (const edit of inOrder) {
    yield
    if (edit.start < at) continue
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  pieces.push(text.slice(at))
  return pieces.join("")
}
