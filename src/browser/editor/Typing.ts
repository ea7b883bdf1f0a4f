import type { TextEditor } from "./Edit.js"
import { continuedLine, pastedLink } from "./Formatting.js"
import { toolOfKey, useTool } from "./Toolbar.js"

/** Handles typing and pasting in a Markdown text: keys, lists that continue, links from pasted addresses. */
export const typing = (editor: TextEditor): void => {
  const { area } = editor
  let isShifted = false
  area.addEventListener("keydown", (event) => {
    isShifted = event.shiftKey
    const tool = toolOfKey(event)
    if (tool === undefined || event.isComposing) return
    event.preventDefault()
    useTool(editor, tool)
  })
  // Keyboards of phones report the Enter key only here.
  area.addEventListener("beforeinput", (event) => {
    if (!/^insert(?:LineBreak|Paragraph)$/.test(event.inputType) || event.isComposing || isShifted) return
    const change = continuedLine(editor.selected())
    if (change === undefined) return
    event.preventDefault()
    editor.apply(change)
  })
  area.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain") ?? ""
    const change = isShifted ? undefined : pastedLink(editor.selected(), pasted)
    if (change === undefined) return
    event.preventDefault()
    editor.apply(change)
  })
}

/** Enter in the title moves to the text. */
export const titleField = (title: HTMLTextAreaElement, area: HTMLTextAreaElement): void => {
  title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    area.focus()
    area.setSelectionRange(0, 0)
  })
}

/** Lets a field grow with its text in browsers that cannot do so by `field-sizing`. */
export const growing = (field: HTMLTextAreaElement): void => {
  if (CSS.supports("field-sizing", "content")) return
  const grow = (): void => {
    field.style.height = "auto"
    field.style.height = `${field.scrollHeight}px`
  }
  field.addEventListener("input", grow)
  grow()
}
