import { now } from "./Clock.js"
import { texts } from "./Texts.js"

/** Time between two announcements of progress to screen readers, in milliseconds. */
const betweenAnnouncements = 10_000

/**
 * Manages the status text next to the post's state. Uploads take precedence over saving. Screen readers get changes at
 * intervals.
 */
export const statusLine = (form: HTMLElement) => {
  const place = form.querySelector("[data-status]")
  const announced = form.querySelector("[data-announce]")
  const progress = form.querySelector("[data-pictures-progress]")
  const words = { saving: "", uploads: "" }
  /** Status texts for narrow screens. */
  const brief = { saving: "", uploads: "" }
  let last = Number.NEGATIVE_INFINITY
  let timer = 0

  const announce = (): void => {
    last = now()
    timer = 0
    if (announced !== null) announced.textContent = words.uploads || words.saving
  }

  const span = (className: string, sentence: string): HTMLElement =>
    Object.assign(document.createElement("span"), { className, textContent: sentence })

  const show = (part: keyof typeof words, sentence: string, short: string, isUrgent: boolean): void => {
    if (words[part] === sentence) return
    words[part] = sentence
    brief[part] = short
    const [long, narrow] = words.uploads === "" ? [words.saving, brief.saving] : [words.uploads, brief.uploads]
    if (narrow === long) place?.replaceChildren(long)
    else place?.replaceChildren(span("wide-only", long), span("narrow-only", narrow))
    if (isUrgent) {
      clearTimeout(timer)
      announce()
    } else if (timer === 0) {
      timer = setTimeout(announce, Math.max(0, last + betweenAnnouncements - now()))
    }
  }

  return {
    /** Sets the status of the text. */
    say: (sentence: string, isUrgent = false, short = sentence): void => show("saving", sentence, short, isUrgent),
    /** Sets the status of the uploads; empty when all are complete. */
    sayOfUploads: (sentence: string): void => {
      if (progress !== null) progress.textContent = sentence
      show("uploads", sentence, sentence === "" ? "" : texts.uploadingBriefly, false)
    }
  }
}

export type StatusLine = ReturnType<typeof statusLine>
