/** Width in which the frame shows the site, in pixels: that of a phone in a narrow window, otherwise that of a desk. */
const widthFor = (room: number): number => (room < 400 ? 390 : 800)

/** Makes the frame as wide as a window of visitors, and scales it to the room that it has. */
const scaleTo = (view: HTMLElement, frame: HTMLIFrameElement): void => {
  const room = view.clientWidth
  if (room === 0) return
  const width = widthFor(room)
  const scale = room / width
  frame.style.width = `${width}px`
  frame.style.height = `${view.clientHeight / scale}px`
  frame.style.transform = `scale(${scale})`
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === "string" ? value : "")

/** The name of the look in a form, as the server parses it in the address of a stylesheet. */
const lookIn = (data: FormData): string => {
  const chosen = textOf(data.get("accent"))
  const accent = chosen === "custom" ? textOf(data.get("accent-custom")) : chosen
  const parts = ["preset", "font", "width", "scheme"].map((name) => textOf(data.get(name)))
  return [...parts, ...(accent === "" ? [] : [accent.slice(1).toLowerCase()])].join("-")
}

/** Replaces the stylesheet of the look. The old one stays until the new one has arrived, so that nothing flickers. */
const dress = (page: Document, address: string): void => {
  const sheets = [...page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][href^="/static/look/"]')]
  if (sheets.at(-1)?.getAttribute("href") === address) return
  const next = page.createElement("link")
  next.rel = "stylesheet"
  next.href = address
  next.addEventListener("load", () => {
    for (const sheet of sheets) sheet.remove()
  })
  next.addEventListener("error", () => next.remove())
  const last = sheets.at(-1)
  if (last === undefined) page.head.append(next)
  else last.after(next)
}

/**
 * Shows the look of the form in a frame with a page of the site, as it is typed. The frame is a document of its own that
 * runs no scripts, so typed CSS reaches nothing but it.
 */
export const showLook = (preview: HTMLElement): void => {
  const form = preview.closest("form")
  const frame = preview.querySelector("iframe")
  const view = frame?.parentElement
  if (form === null || frame === null || view === null || view === undefined) return
  const template = preview.dataset.lookPreview ?? ""
  let typed: CSSStyleSheet | undefined

  const show = (): void => {
    const page = frame.contentDocument
    if (page === null || typed === undefined) return
    const data = new FormData(form)
    dress(page, template.replace("{look}", lookIn(data)))
    typed.replaceSync(textOf(data.get("css")))
  }

  frame.addEventListener("load", () => {
    const page = frame.contentDocument
    const window = page?.defaultView
    if (page === null || window === null || window === undefined) return
    typed = new window.CSSStyleSheet()
    page.adoptedStyleSheets = [typed]
    show()
  })
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "color") {
      const custom = form.querySelector<HTMLInputElement>('input[name="accent"][value="custom"]')
      if (custom !== null) custom.checked = true
    }
    show()
  })
  new ResizeObserver(() => scaleTo(view, frame)).observe(view)
  preview.hidden = false
  frame.src = frame.dataset.src ?? ""
}
