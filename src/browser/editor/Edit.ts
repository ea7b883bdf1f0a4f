import { insertTextIntoField } from "text-field-edit"
import type { Change, Selected } from "./Formatting.js"

/** The text field, and the only functions that change its text. */
export interface TextEditor {
  readonly area: HTMLTextAreaElement
  readonly selected: () => Selected
  /** Changes the text as if it was typed, in one step of the browser's undo, and moves the selection. */
  readonly apply: (change: Change) => void
  /**
   * Like `apply`, but keeps focus, selection and scroll position. Waits until an open input method (IME) has finished.
   */
  readonly applyAside: (change: (value: string) => Change | undefined) => void
}

/** Returns the position of an index after a change. */
const moved = (index: number, { end, start, text }: Change): number => {
  if (index <= start) return index
  return index >= end ? index + text.length - (end - start) : start + text.length
}

/** Wraps a text field. */
export const textEditor = (area: HTMLTextAreaElement): TextEditor => {
  let isComposing = false
  let waiting: Array<() => void> = []

  const replace = ({ end, start, text }: Change): void => {
    if (start === end && text === "") return
    area.focus({ preventScroll: true })
    area.setSelectionRange(start, end)
    insertTextIntoField(area, text)
  }

  const now = (change: (value: string) => Change | undefined): void => {
    const made = change(area.value)
    if (made === undefined) return
    const { selectionDirection, selectionEnd, selectionStart } = area
    const { scrollX, scrollY } = window
    const focused = document.activeElement
    replace(made)
    area.setSelectionRange(moved(selectionStart, made), moved(selectionEnd, made), selectionDirection)
    if (focused !== area && focused instanceof HTMLElement) focused.focus({ preventScroll: true })
    window.scrollTo(scrollX, scrollY)
  }

  area.addEventListener("compositionstart", () => {
    isComposing = true
  })
  area.addEventListener("compositionend", () => {
    isComposing = false
    const due = waiting
    waiting = []
    // The field has the composed text only after this event.
    setTimeout(() => {
      for (const run of due) run()
    })
  })

  return {
    area,
    selected: () => ({ value: area.value, start: area.selectionStart, end: area.selectionEnd }),
    apply: (change) => {
      replace(change)
      area.setSelectionRange(change.from, change.to)
    },
    applyAside: (change) => {
      if (isComposing) waiting.push(() => now(change))
      else now(change)
    }
  }
}
