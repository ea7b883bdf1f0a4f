import type { Attached } from "./MediaList.js"
import { type Problem, problemIn, unreachable } from "./Problem.js"

/** An uploaded file, and a notice if some readers cannot play it. */
interface Sent {
  readonly file: Attached
  readonly notice: string | undefined
}

/** Uploads one file and reports its progress: from 0 to 1, `undefined` while the site processes it. */
const send = (file: File, progress: (part: number | undefined) => void): Promise<Sent | Problem> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("POST", "/admin/media")
    request.setRequestHeader("accept", "application/json")
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      progress(lengthComputable && loaded < total ? loaded / total : undefined)
    })
    request.addEventListener("load", () => {
      if (request.status !== 201) return resolve(problemIn(request.status, request.responseText))
      const { alt, notice, property, url } = JSON.parse(request.responseText)
      resolve({ file: { alt, property, url }, notice })
    })
    request.addEventListener("error", () => resolve(unreachable))
    const body = new FormData()
    body.append("file", file)
    request.send(body)
  })

const button = (label: string, pressed: () => void): HTMLButtonElement => {
  const element = document.createElement("button")
  element.type = "button"
  element.className = "link-button"
  element.textContent = label
  element.addEventListener("click", pressed)
  return element
}

/**
 * Uploads files as soon as they are chosen, dropped or pasted, one at a time, so that they keep their order. `underWay`
 * is a promise of all pending uploads.
 */
export const uploads = (form: HTMLFormElement, places: HTMLElement, attach: (file: Attached) => void) => {
  let last: Promise<void> = Promise.resolve()

  const upload = async (file: File, place: HTMLElement): Promise<void> => {
    const bar = document.createElement("progress")
    bar.setAttribute("aria-label", `Uploading ${file.name}`)
    const words = document.createElement("span")
    words.textContent = file.name
    words.dir = "auto"
    place.replaceChildren(words, bar)
    const outcome = await send(file, (part) => {
      if (part === undefined) bar.removeAttribute("value")
      else bar.value = part
    })
    const leave = (): void => place.remove()
    if ("file" in outcome) {
      attach(outcome.file)
      if (outcome.notice === undefined) return leave()
      words.textContent = `${file.name}: ${outcome.notice}`
      place.replaceChildren(words, button("Dismiss", leave))
      return
    }
    words.textContent = `${file.name}: ${outcome.sentence}`
    place.classList.add("failed")
    const again = (): void => {
      place.classList.remove("failed")
      queue(file, place)
    }
    place.replaceChildren(words, button("Try again", again), button("Dismiss", leave))
  }

  const queue = (file: File, place: HTMLElement): void => {
    last = last.then(() => upload(file, place))
  }

  const take = (files: Iterable<File>): void => {
    for (const file of files) {
      const place = document.createElement("li")
      place.textContent = `${file.name} …`
      places.append(place)
      queue(file, place)
    }
  }

  const input = form.querySelector<HTMLInputElement>('[name="files"]')
  input?.addEventListener("change", () => {
    take([...(input.files ?? [])])
    input.value = ""
  })
  const filesIn = (data: DataTransfer | null) => [...(data?.files ?? [])]
  const target = form.querySelector("[data-drop]")
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    target?.classList.add("dropping")
  })
  form.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget)))
      target?.classList.remove("dropping")
  })
  form.addEventListener("drop", (event) => {
    const files = filesIn(event.dataTransfer)
    target?.classList.remove("dropping")
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  })
  form.addEventListener("paste", (event) => {
    const files = filesIn(event.clipboardData)
    // A copied table is both text and an image; the text is what the author wants.
    if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return
    event.preventDefault()
    take(files)
  })
  return { underWay: (): Promise<void> => last, isBusy: (): boolean => places.querySelector("progress") !== null }
}
