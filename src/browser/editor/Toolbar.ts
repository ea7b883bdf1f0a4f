import type { TextEditor } from "./Edit.js"
import { type Change, coded, headed, linked, listed, numbered, quoted, type Selected, wrapped } from "./Formatting.js"

const tools: Readonly<Record<string, (selected: Selected) => Change>> = {
  bold: (selected) => wrapped(selected, "**"),
  italic: (selected) => wrapped(selected, "*"),
  link: linked,
  heading: headed,
  quote: quoted,
  list: listed,
  numbers: numbered,
  code: coded
}

const keys: Readonly<Record<string, string>> = { b: "bold", i: "italic", k: "link" }

/** The tool of a key that is pressed with Ctrl, or with Cmd on a Mac. */
export const toolOfKey = (event: KeyboardEvent): string | undefined =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? keys[event.key.toLowerCase()] : undefined

/** Applies a tool to the text. */
export const useTool = (editor: TextEditor, tool: string): void => {
  const change = tools[tool]
  if (change !== undefined) editor.apply(change(editor.selected()))
}

/** The toolbar: one tab stop, arrow keys within it, and the picture button, which `choose` handles. */
export const toolbar = (bar: HTMLElement, editor: TextEditor, choose: () => void): void => {
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("[data-tool]")]
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
  const only = (button: HTMLButtonElement | undefined): void => {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1
  }
  only(buttons[0])
  for (const button of buttons) {
    if (isMac) button.title = button.title.replace("Ctrl+", "⌘")
    // The selection in the text stays, and on a phone its keyboard.
    button.addEventListener("pointerdown", (event) => event.preventDefault())
    button.addEventListener("focus", () => only(button))
    button.addEventListener("click", () => {
      const { tool = "" } = button.dataset
      if (tool === "picture") choose()
      else useTool(editor, tool)
    })
  }
  bar.addEventListener("keydown", (event) => {
    const index = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : -1
    const isRtl = getComputedStyle(bar).direction === "rtl"
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: isRtl ? index - 1 : index + 1,
      ArrowLeft: isRtl ? index + 1 : index - 1,
      Home: 0,
      End: -1
    }
    const next = steps[event.key]
    if (index === -1 || next === undefined) return
    event.preventDefault()
    buttons.at(next % buttons.length)?.focus()
  })
}
