import { inUnits, mayPass, type Sending, sendFile } from "./editor/SendFile.js"
import { texts } from "./editor/Texts.js"
import { type UploadCard, uploadCard } from "./editor/UploadCard.js"

/**
 * Uploads the files that are chosen in the form or dropped on the page, one at a time. The list is loaded again when all
 * have arrived, or when the last one that failed is dismissed. Without the script, the form sends all files at once.
 */
const uploads = (form: HTMLFormElement, places: HTMLElement): void => {
  const mostBytes = Number(form.dataset.mostBytes) || Number.POSITIVE_INFINITY
  const open = new Set<Sending>()
  let arrived = 0
  let last: Promise<void> = Promise.resolve()

  const leave = (upload: Sending, card: UploadCard): void => {
    open.delete(upload)
    card.remove()
    if (open.size === 0 && arrived > 0) location.assign(`/admin/media?uploaded=${arrived}`)
  }

  const run = async (upload: Sending, card: UploadCard): Promise<void> => {
    if (!open.has(upload)) return
    const outcome = await sendFile(upload, card.progress)
    if (outcome === undefined) return
    if ("sentence" in outcome) {
      card.stopped(outcome, mayPass(outcome) ? () => queue(upload, card) : undefined)
      return
    }
    arrived += 1
    if (outcome.notice === undefined) leave(upload, card)
    else card.stopped({ status: 200, code: "", sentence: outcome.notice }, undefined)
  }

  const queue = (upload: Sending, card: UploadCard): void => {
    card.waiting()
    last = last.then(() => run(upload, card))
  }

  const take = (files: ReadonlyArray<File>): void => {
    for (const file of files) {
      const upload: Sending = { file, request: undefined }
      const card = uploadCard(file, () => {
        upload.request?.abort()
        leave(upload, card)
      })
      open.add(upload)
      places.append(card.item)
      if (file.size > mostBytes) {
        const sentence = texts.tooLarge({ size: inUnits(file.size), limit: inUnits(mostBytes) })
        card.stopped({ status: 413, code: "", sentence }, undefined)
      } else queue(upload, card)
    }
  }

  const input = form.querySelector<HTMLInputElement>('input[type="file"]')
  input?.addEventListener("change", () => {
    take([...(input.files ?? [])])
    input.value = ""
  })
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    form.classList.add("dropping")
  })
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) form.classList.remove("dropping")
  })
  document.addEventListener("drop", (event) => {
    form.classList.remove("dropping")
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  })
  for (const part of form.querySelectorAll<HTMLElement>("[data-without-script]")) part.hidden = true
  for (const part of form.querySelectorAll<HTMLElement>("[data-with-script]")) part.hidden = false
}

const form = document.querySelector<HTMLFormElement>("form[data-library]")
const places = form?.querySelector<HTMLElement>("[data-uploads]")
if (form !== null && places !== null && places !== undefined) uploads(form, places)
