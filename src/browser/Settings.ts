import { showLook } from "./settings/LookPreview.js"

/** Proposes the browser's time zone where the owner chooses one. */
const propose = (select: HTMLSelectElement): void => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const option = [...select.options].find(({ value }) => value === zone)
  if (option === undefined || option.selected) return
  const take = (): void => {
    select.value = zone
  }
  if (select.dataset.zone === "propose") {
    take()
    return
  }
  const offer = select.parentElement?.querySelector<HTMLElement>("[data-zone-offer]")
  const button = offer?.querySelector("button")
  if (offer === null || offer === undefined || button === null || button === undefined) return
  button.textContent = (button.dataset.words ?? "{zone}").replace("{zone}", zone)
  button.addEventListener("click", () => {
    take()
    offer.hidden = true
    select.focus()
  })
  offer.hidden = false
}

for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-zone]")) propose(select)

/** Draws the square that the sliders select over the photo. */
const showCrop = (form: HTMLFormElement): void => {
  const view = form.querySelector<HTMLElement>("[data-crop-view]")
  const picture = form.querySelector<HTMLImageElement>("[data-crop-picture]")
  if (view === null || picture === null) return
  const valueOf = (name: string): number => {
    const input = form.elements.namedItem(name)
    return input instanceof HTMLInputElement ? Number(input.value) : 0
  }
  const show = (): void => {
    const { naturalHeight: height, naturalWidth: width } = picture
    if (width === 0) return
    const side = view.clientWidth
    const scale = ((valueOf("zoom") / 100) * side) / Math.min(width, height)
    const place = (length: number, name: string): string => `${-((length * scale - side) * valueOf(name)) / 100}px`
    picture.style.width = `${width * scale}px`
    picture.style.left = place(width, "x")
    picture.style.top = place(height, "y")
  }
  view.hidden = false
  form.addEventListener("input", show)
  picture.addEventListener("load", show)
  form.closest("details")?.addEventListener("toggle", show)
  show()
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-crop]")) showCrop(form)

const preview = document.querySelector<HTMLElement>("[data-look-preview]")
if (preview !== null) showLook(preview)
