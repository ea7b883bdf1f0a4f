import { fieldsOf } from "./Fields.js"

const preferred = "starpunk.preview"

const isPreferred = (): boolean => {
  try {
    return localStorage.getItem(preferred) === "beside"
  } catch {
    return false
  }
}

const prefer = (beside: boolean): void => {
  try {
    localStorage.setItem(preferred, beside ? "beside" : "")
  } catch {
    // Without storage the choice is not remembered.
  }
}

/** The preview beside the text, updated during typing. Without script the button opens it in a tab. */
export const preview = (form: HTMLFormElement, pane: HTMLElement, button: HTMLButtonElement) => {
  const desk = pane.parentElement
  let timer = 0
  let running: AbortController | undefined

  const refresh = async (): Promise<void> => {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const response = await fetch("/admin/preview", {
        method: "POST",
        body: fieldsOf(form),
        headers: { accept: "text/html" },
        signal
      })
      if (!response.ok) throw new Error()
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      const shown = page.querySelector("[data-previewed]")
      if (shown !== null && !signal.aborted) pane.replaceChildren(...document.importNode(shown, true).childNodes)
    } catch {
      if (!signal.aborted && pane.childElementCount === 0) pane.textContent = "Preview unavailable."
    }
  }

  const show = (open: boolean): void => {
    pane.hidden = !open
    desk?.classList.toggle("with-preview", open)
    document.body.classList.toggle("wide", open)
    button.setAttribute("aria-pressed", String(open))
    if (open) void refresh()
  }

  button.setAttribute("aria-pressed", "false")
  button.addEventListener("click", (event) => {
    event.preventDefault()
    const open = pane.hidden === true
    show(open)
    prefer(open)
  })
  // On a narrow screen the preview would replace the text, which the author opened the page to edit.
  if (isPreferred() && matchMedia("(min-width: 75rem)").matches) show(true)
  return {
    changed: (): void => {
      clearTimeout(timer)
      if (!pane.hidden) timer = setTimeout(refresh, 600)
    }
  }
}
