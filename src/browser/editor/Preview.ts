import { fieldsOf } from "./Fields.js"
import { texts } from "./Texts.js"

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

/** Shows a page in a frame, without scripts, and keeps the scroll position. */
const showIn = (frame: HTMLIFrameElement, html: string): void => {
  const at = frame.contentWindow?.scrollY ?? 0
  frame.addEventListener(
    "load",
    () => {
      frame.contentDocument?.querySelector("[data-preview-notice]")?.remove()
      for (const link of frame.contentDocument?.querySelectorAll("a") ?? []) link.target = "_blank"
      frame.contentWindow?.scrollTo(0, at)
    },
    { once: true }
  )
  frame.srcdoc = html
}

/**
 * Manages the preview: beside the text on wide screens, in place of the text on narrow ones. The same button opens and
 * closes it. Without script, the button opens the preview in a tab.
 */
export const preview = (form: HTMLFormElement, pane: HTMLElement, button: HTMLButtonElement, before: () => void) => {
  const frame = pane.querySelector<HTMLIFrameElement>("[data-preview-frame]")
  const words = button.querySelector("[data-preview-words]")
  const isWide = matchMedia("(min-width: 75rem)")
  let timer = 0
  let running: AbortController | undefined
  let shown = ""

  const refresh = async (): Promise<void> => {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    const show = (html: string): void => {
      if (signal.aborted || frame === null || html === shown) return
      shown = html
      showIn(frame, html)
    }
    try {
      const response = await fetch("/admin/preview", {
        method: "POST",
        body: fieldsOf(form),
        headers: { accept: "text/html" },
        signal
      })
      if (!response.ok) throw new Error()
      show(await response.text())
    } catch {
      if (shown === "") show(`<!doctype html><title>${texts.preview}</title><p>${texts.previewUnavailable}`)
    }
  }

  const name = (): void => {
    const open = !pane.hidden
    const label = open && !isWide.matches ? (button.dataset.edit ?? "") : texts.preview
    if (words !== null) words.textContent = label
    button.title = label
    // A button whose words change must not have a state as well.
    if (isWide.matches) button.setAttribute("aria-pressed", String(open))
    else button.removeAttribute("aria-pressed")
  }

  const show = (open: boolean): void => {
    pane.hidden = !open
    document.body.classList.toggle("view-on", open)
    name()
    if (open) void refresh()
  }

  name()
  isWide.addEventListener("change", name)
  button.addEventListener("click", (event) => {
    event.preventDefault()
    before()
    const open = pane.hidden === true
    show(open)
    prefer(open)
  })
  // On a narrow screen the preview would replace the text, which the author opened the page to edit.
  if (isPreferred() && isWide.matches) show(true)
  return {
    changed: (): void => {
      clearTimeout(timer)
      if (!pane.hidden) timer = setTimeout(refresh, 600)
    }
  }
}
