import { texts } from "./Texts.js"

const most = 8

/** Suggestions of a field. */
export interface Choices {
  /** Labels that contain a text in lower case. */
  readonly offered: (text: string) => ReadonlyArray<string>
  readonly take: (label: string) => void
}

/** Suggests labels below a field (the ARIA pattern of an editable combobox with a list). */
export const completion = (input: HTMLInputElement, { offered, take }: Choices) => {
  const list = document.createElement("ul")
  list.id = `${input.id}-choices`
  list.className = "choices"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", texts.tagsInUse)
  input.parentElement?.after(list)
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id
  }
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
  let active = -1

  const mark = (index: number): void => {
    active = index
    for (const [place, option] of [...list.children].entries())
      option.setAttribute("aria-selected", String(place === index))
    const option = list.children[index]
    if (option === undefined) input.removeAttribute("aria-activedescendant")
    else input.setAttribute("aria-activedescendant", option.id)
  }

  const close = (): void => {
    list.hidden = true
    input.setAttribute("aria-expanded", "false")
    mark(-1)
  }

  const choose = (label: string): void => {
    close()
    take(label)
  }

  const open = (): void => {
    const text = input.value.trim().toLowerCase()
    const fitting = text === "" ? [] : offered(text)
    const first = fitting.filter((label) => label.toLowerCase().startsWith(text))
    const shown = [...first, ...fitting.filter((label) => !first.includes(label))].slice(0, most)
    if (shown.length === 0) {
      close()
      return
    }
    list.replaceChildren(
      ...shown.map((label, index) => {
        const option = document.createElement("li")
        option.id = `${list.id}-${index}`
        option.dir = "auto"
        option.textContent = label
        option.setAttribute("role", "option")
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault()
          choose(label)
        })
        return option
      })
    )
    list.hidden = false
    input.setAttribute("aria-expanded", "true")
    mark(-1)
  }

  input.addEventListener("blur", close)
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    const count = list.children.length
    if (event.key === "ArrowDown") mark((active + 1) % count)
    else if (event.key === "ArrowUp") mark((active <= 0 ? count : active) - 1)
    else if (event.key === "Escape") {
      close()
      // The drawer stays open.
      event.stopPropagation()
    } else if (event.key === "Enter" && active >= 0) choose(list.children[active]?.textContent ?? "")
    else return
    event.preventDefault()
  })
  return { open }
}
