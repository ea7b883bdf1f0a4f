/** A stored file. */
export interface Attached {
  readonly property: string
  readonly url: string
  readonly alt: string
}

const nouns: Record<string, string> = { photo: "picture", video: "video", audio: "recording" }

/** The list of attached files: adding, moving and removing, without losing the focus. */
export const mediaList = (form: HTMLFormElement, list: HTMLElement, changed: () => void) => {
  const add = ({ alt, property, url }: Attached): void => {
    const template = form.querySelector<HTMLTemplateElement>(`template[data-medium="${property}"]`)
    const item = template?.content.firstElementChild?.cloneNode(true)
    if (!(item instanceof HTMLElement)) return
    item.querySelector("[data-shown]")?.setAttribute("src", url)
    for (const input of item.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[name]")) {
      if (input.name === "media_url") input.value = url
      if (input.name === "media_alt") input.value = alt
    }
    list.append(item)
    renumber()
  }

  const renumber = (): void => {
    const items = [...list.children]
    for (const [index, item] of items.entries()) {
      const property = item.querySelector<HTMLInputElement>('[name="media_property"]')?.value ?? ""
      const name = `${nouns[property] ?? "file"} ${index + 1}`
      item.querySelector("label")?.setAttribute("for", `alt-${index}`)
      item.querySelector("textarea")?.setAttribute("id", `alt-${index}`)
      for (const button of item.querySelectorAll<HTMLButtonElement>("[data-move]")) {
        const { move } = button.dataset
        button.value = `${move}:${index}`
        button.setAttribute("aria-label", move === "remove" ? `Remove ${name}` : `Move ${name} ${move}`)
        button.disabled = (move === "up" && index === 0) || (move === "down" && index === items.length - 1)
      }
    }
  }

  const move = (item: Element, how: string | undefined): void => {
    if (how === "up") item.previousElementSibling?.before(item)
    if (how === "down") item.nextElementSibling?.after(item)
    const next = item.nextElementSibling ?? item.previousElementSibling
    if (how === "remove") item.remove()
    renumber()
    const place = how === "remove" ? next : item
    const same = place?.querySelector<HTMLButtonElement>(`[data-move="${how}"]:enabled`)
    const focus =
      same ??
      place?.querySelector<HTMLButtonElement>("[data-move]:enabled") ??
      form.querySelector<HTMLElement>('[name="files"]')
    focus?.focus()
    changed()
  }

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-move]") : null
    const item = button?.closest("li")
    if (button === null || item === null || item === undefined) return
    event.preventDefault()
    move(item, button.dataset.move)
  })

  return {
    add,
    replace: (media: ReadonlyArray<Attached>): void => {
      list.replaceChildren()
      for (const medium of media) add(medium)
    }
  }
}
