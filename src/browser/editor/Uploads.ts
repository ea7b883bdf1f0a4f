import type { TextEditor } from "./Edit.js"
import { paragraph } from "./Formatting.js"
import { inUnits, mayPass, type Sending, type Sent, sendFile } from "./SendFile.js"
import type { Strip } from "./Strip.js"
import { pathIn, pictureText, placeholder, placeholderName, removed } from "./TextPictures.js"
import { texts } from "./Texts.js"
import { type UploadCard, uploadCard } from "./UploadCard.js"

/** A file on its way. */
interface Upload extends Sending {
  readonly card: UploadCard
  /** The placeholder in the text; `undefined` for files that will be attached. */
  readonly mark: string | undefined
  state: "queued" | "sending" | "stopped" | "ended"
}

/**
 * Uploads files as soon as they are chosen, dropped or pasted, one at a time, so that they keep their order. A picture
 * for the text has a placeholder there until it has arrived.
 */
export const uploads = (
  form: HTMLFormElement,
  editor: TextEditor,
  pictures: Strip,
  say: (progress: string) => void
) => {
  const places = form.querySelector<HTMLElement>("[data-uploads]")
  const title = form.querySelector<HTMLTextAreaElement>("[data-title]")
  const isMarkdown = form.querySelector<HTMLInputElement>('[name="format"]')?.value !== "html"
  const mostBytes = Number(form.dataset.mostBytes) || Number.POSITIVE_INFINITY
  const all = new Set<Upload>()
  let last: Promise<void> = Promise.resolve()
  let round = { ended: 0, begun: 0 }

  const isOpen = ({ state }: Upload): boolean => state === "queued" || state === "sending"
  const isBusy = (): boolean => [...all].some(isOpen)

  const report = (part = 0): void => {
    if (!isBusy()) {
      round = { ended: 0, begun: 0 }
      say("")
    } else say(texts.uploading({ at: round.ended + 1, of: round.begun, part: Math.round(part * 100) }))
  }

  /** Replaces the placeholder. Returns whether it was still there. */
  const settle = ({ mark }: Upload, text: string): boolean => {
    if (mark === undefined) return false
    let isThere = false
    editor.applyAside((value) => {
      const start = value.indexOf(mark)
      isThere = start !== -1
      if (!isThere) return undefined
      const end = start + mark.length
      return text === "" ? removed(value, start, end) : { start, end, text, from: start, to: start }
    })
    return isThere
  }

  const leave = (upload: Upload): void => {
    all.delete(upload)
    upload.card.remove()
    pictures.summarise()
  }

  const cancel = (upload: Upload): void => {
    const wasOpen = isOpen(upload)
    upload.state = "ended"
    upload.request?.abort()
    settle(upload, "")
    leave(upload)
    if (wasOpen) round.begun -= 1
    report()
    editor.area.focus()
  }

  const run = async (upload: Upload): Promise<void> => {
    if (upload.state !== "queued") return
    upload.state = "sending"
    report()
    const outcome = await sendFile(upload, (part) => {
      upload.card.progress(part)
      report(part ?? 1)
    })
    if (outcome === undefined) return
    round.ended += 1
    if ("sentence" in outcome) {
      upload.state = "stopped"
      upload.card.stopped(outcome, mayPass(outcome) ? () => again(upload) : undefined)
    } else {
      upload.state = "ended"
      arrived(upload, outcome)
    }
    report()
  }

  const arrived = (upload: Upload, { file, notice }: Sent): void => {
    if (upload.mark === undefined) pictures.attach(file)
    else if (settle(upload, pictureText(pathIn(file.url), file.alt))) pictures.sync()
    else pictures.keep(pathIn(file.url))
    if (notice === undefined) leave(upload)
    else upload.card.stopped({ status: 200, code: "", sentence: notice }, undefined)
  }

  const again = (upload: Upload): void => {
    upload.state = "queued"
    upload.card.waiting()
    round.begun += 1
    queue(upload)
  }

  const queue = (upload: Upload): void => {
    last = last.then(() => run(upload))
    report()
  }

  /** Returns whether a file goes into the text: see decision 30. */
  const isForText = (file: File): boolean =>
    isMarkdown &&
    file.type.startsWith("image/") &&
    ((title?.value.trim() ?? "") !== "" || editor.area.value.slice(editor.area.selectionEnd).trim() !== "")

  const take = (files: ReadonlyArray<File>): void => {
    if (places === null) return
    const forText = new Set(files.filter(isForText))
    for (const file of files) {
      const isTooLarge = file.size > mostBytes
      let mark: string | undefined
      if (forText.has(file) && !isTooLarge) {
        const selected = editor.selected()
        mark = placeholder(placeholderName(file.name, selected.value))
        editor.apply(paragraph({ ...selected, start: selected.end }, mark))
      }
      const card = uploadCard(file, () => cancel(upload))
      const upload: Upload = { file, card, mark, request: undefined, state: "queued" }
      all.add(upload)
      places.append(card.item)
      if (isTooLarge) {
        upload.state = "stopped"
        const sentence = texts.tooLarge({ size: inUnits(file.size), limit: inUnits(mostBytes) })
        card.stopped({ status: 413, code: "", sentence }, undefined)
      } else {
        round.begun += 1
        queue(upload)
      }
    }
    pictures.summarise()
    pictures.open()
  }

  const input = form.querySelector<HTMLInputElement>('[name="files"]')
  input?.addEventListener("change", () => {
    take([...(input.files ?? [])])
    input.value = ""
  })
  fileEvents(form, editor, take)
  return {
    choose: (): void => input?.click(),
    underWay: (): Promise<void> => last,
    isBusy,
    /** Returns whether a file has failed, and its author has not said what to do about it. */
    hasStopped: (): boolean => [...all].some(({ state }) => state === "stopped")
  }
}

/** Handles files that are dropped on the page or pasted into it. */
const fileEvents = (form: HTMLElement, editor: TextEditor, take: (files: ReadonlyArray<File>) => void): void => {
  const filesIn = (data: DataTransfer | null) => [...(data?.files ?? [])]
  const mark = (isOver: boolean): boolean => form.classList.toggle("dropping", isOver)
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    mark(true)
  })
  form.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) mark(false)
  })
  form.addEventListener("drop", (event) => {
    const files = filesIn(event.dataTransfer)
    mark(false)
    if (files.length === 0) return
    event.preventDefault()
    const spot = caretAt(event)
    if (spot?.offsetNode === editor.area) editor.area.setSelectionRange(spot.offset, spot.offset)
    take(files)
  })
  form.addEventListener("paste", (event) => {
    const files = filesIn(event.clipboardData)
    // A copied table is both text and an image; the text is what the author wants.
    if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return
    event.preventDefault()
    take(files)
  })
}

/** Returns the position in the text under the pointer, in browsers that report it. */
const caretAt = ({
  clientX,
  clientY
}: DragEvent): { readonly offsetNode: Node; readonly offset: number } | undefined =>
  "caretPositionFromPoint" in document ? (document.caretPositionFromPoint(clientX, clientY) ?? undefined) : undefined
