import { insertTextIntoField } from "text-field-edit"
import type { Change, Selected } from "./Formatting.js"

/** The text field, and the one way in which helpers change it. */
export interface TextEditor {
  readonly area: HTMLTextAreaElement
  readonly selected: () => Selected
  /** Changes the text as if it was typed, as one step of the browser's undo, and moves the selection. */
  readonly apply: (change: Change) => void
  /** As `apply`, but the focus, the selection and the scroll position stay where they are. Waits for an open IME. */
  readonly applyAside: (change: (value: string) => Change | undefined) => void
}

/** Where an index is after a change. */
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
