import type { Problem } from "./Problem.js"
import { texts } from "./Texts.js"

/** The card of a file that is being uploaded, in the strip. */
export interface UploadCard {
  readonly item: HTMLLIElement
  /** From 0 to 1; `undefined` while the site processes the file. */
  readonly progress: (part: number | undefined) => void
  readonly waiting: () => void
  /** Says why it stopped; `again` tries once more. */
  readonly stopped: (problem: Problem, again: (() => void) | undefined) => void
  readonly remove: () => void
}

const button = (words: string, label: string, pressed: () => void): HTMLButtonElement => {
  const element = document.createElement("button")
  element.type = "button"
  element.className = words === "×" ? "btn square quiet" : "btn quiet"
  element.textContent = words
  element.title = label
  element.setAttribute("aria-label", label)
  element.addEventListener("click", pressed)
  return element
}

const span = (className: string, words: string): HTMLSpanElement =>
  Object.assign(document.createElement("span"), { className, textContent: words })

/** Makes a card. `cancel` ends the upload, or dismisses one that has stopped. */
export const uploadCard = (file: File, cancel: () => void): UploadCard => {
  const item = document.createElement("li")
  const row = span("row", "")
  const name = span("file", file.name)
  name.dir = "auto"
  const shown = file.type.startsWith("image/") ? URL.createObjectURL(file) : undefined
  const picture = document.createElement("img")
  Object.assign(picture, { alt: "", width: 72, height: 72 })
  if (shown !== undefined) picture.src = shown
  // Browsers cannot show every picture that can be chosen.
  picture.addEventListener("error", () => picture.remove())
  item.append(...(shown === undefined ? [] : [picture]), name, row)

  const waiting = (): void => {
    item.className = "card pict busy"
    row.replaceChildren(span("muted", texts.queued), button("×", texts.cancel({ name: file.name }), cancel))
  }
  waiting()

  let bar: HTMLProgressElement | undefined
  const part = span("", "")
  return {
    item,
    waiting: () => {
      bar = undefined
      waiting()
    },
    progress: (done) => {
      if (bar === undefined) {
        bar = document.createElement("progress")
        bar.setAttribute("aria-label", texts.uploadingName({ name: file.name }))
        row.replaceChildren(bar, part, button("×", texts.cancel({ name: file.name }), cancel))
      }
      if (done === undefined) bar.removeAttribute("value")
      else bar.value = done
      part.textContent = done === undefined ? texts.processing : `${Math.round(done * 100)} %`
    },
    stopped: ({ sentence, status }, again) => {
      bar = undefined
      item.className = "card pict"
      const isBad = status !== 200 && again === undefined
      const badge = span(isBad ? "badge bad" : "badge warn", again === undefined ? sentence : texts.stopped)
      badge.title = sentence
      badge.setAttribute("role", "alert")
      row.replaceChildren(
        badge,
        ...(again === undefined ? [] : [button(texts.retry, texts.retryNamed({ name: file.name }), again)]),
        button("×", texts.dismissNamed({ name: file.name }), cancel)
      )
    },
    remove: () => {
      if (shown !== undefined) URL.revokeObjectURL(shown)
      item.remove()
    }
  }
}
