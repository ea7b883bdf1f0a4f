import { thumbnail } from "./TextPictures.js"
import { texts } from "./Texts.js"

/** A stored file. */
export interface Attached {
  readonly property: string
  readonly url: string
  readonly alt: string
}

/** A card for a file, from the page's template. */
export const cardFor = (form: HTMLFormElement, { alt, property, url }: Attached): HTMLLIElement | undefined => {
  const template = form.querySelector<HTMLTemplateElement>(`template[data-medium="${property}"]`)
  const item = template?.content.firstElementChild?.cloneNode(true)
  if (!(item instanceof HTMLLIElement)) return undefined
  item.querySelector("[data-shown]")?.setAttribute("src", property === "photo" ? thumbnail(url) : url)
  for (const input of item.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[name]")) {
    if (input.name === "media_url") input.value = url
    if (input.name === "media_alt") input.value = alt
  }
  for (const element of item.querySelectorAll<HTMLElement>("[data-with-script]")) element.hidden = false
  return item
}

const value = (item: Element, name: string): string =>
  item.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`)?.value ?? ""

/**
 * Manages the list of attached files: adds, moves and removes them without losing the focus. `insert` moves a picture
 * into the text.
 */
export const mediaList = (
  form: HTMLFormElement,
  list: HTMLElement,
  { changed, insert }: { readonly changed: () => void; readonly insert: (picture: Attached) => void }
) => {
  const attached = (item: Element): Attached => ({
    property: value(item, "media_property"),
    url: value(item, "media_url"),
    alt: value(item, "media_alt")
  })

  const add = (file: Attached): void => {
    const item = cardFor(form, file)
    if (item === undefined) return
    list.append(item)
    renumber()
  }

  const renumber = (): void => {
    const items = [...list.children]
    for (const [index, item] of items.entries()) {
      const { property } = attached(item)
      const name = `${texts.nouns[property] ?? "file"} ${index + 1}`
      item.querySelector("label")?.setAttribute("for", `alt-${index}`)
      item.querySelector("textarea")?.setAttribute("id", `alt-${index}`)
      for (const button of item.querySelectorAll<HTMLButtonElement>("[data-move]")) {
        const { move = "" } = button.dataset
        const label =
          move === "insert"
            ? texts.insertNamed({ name })
            : move === "up" || move === "down"
              ? texts.moveNamed[move]({ name })
              : texts.removeNamed({ name })
        button.value = `${move}:${index}`
        button.setAttribute("aria-label", label)
        if (button.title !== "") button.title = label
        button.disabled = (move === "up" && index === 0) || (move === "down" && index === items.length - 1)
      }
    }
  }

  const move = (item: Element, how: string | undefined): void => {
    if (how === "up") item.previousElementSibling?.before(item)
    if (how === "down") item.nextElementSibling?.after(item)
    const next = item.nextElementSibling ?? item.previousElementSibling
    const isGone = how === "remove" || how === "insert"
    if (isGone) item.remove()
    renumber()
    if (how === "insert") {
      insert(attached(item))
      return
    }
    const place = isGone ? next : item
    const same = place?.querySelector<HTMLButtonElement>(`[data-move="${how}"]:enabled`)
    const focus =
      same ??
      place?.querySelector<HTMLButtonElement>("[data-move]:enabled") ??
      form.querySelector<HTMLElement>("[data-text]")
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
    all: (): ReadonlyArray<Attached> => [...list.children].map(attached),
    replace: (media: ReadonlyArray<Attached>): void => {
      list.replaceChildren()
      for (const medium of media) add(medium)
    }
  }
}

export type MediaList = ReturnType<typeof mediaList>
