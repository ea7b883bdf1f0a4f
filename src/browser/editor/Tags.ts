const most = 8

/** The beginning of a label before the cursor, and its position. */
const wanted = (input: HTMLInputElement): { readonly start: number; readonly end: number; readonly text: string } => {
  const end = input.selectionStart ?? input.value.length
  const before = input.value.slice(0, end)
  const separator = input.value.includes(",") ? /,\s*/g : /[\s#]+/g
  const start = [...before.matchAll(separator)].reduce((_, match) => match.index + match[0].length, 0)
  return { start, end, text: before.slice(start) }
}

/** Suggests tags in use, one label at a time (the ARIA pattern of an editable combobox with a list). */
export const completeTags = (input: HTMLInputElement): void => {
  const labels = [...(input.list?.options ?? [])].map(({ value }) => value)
  if (labels.length === 0) return
  input.removeAttribute("list")
  const list = document.createElement("ul")
  list.id = `${input.id}-choices`
  list.className = "choices"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "Tags in use")
  input.parentElement?.classList.add("with-choices")
  input.after(list)
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

  const take = (label: string): void => {
    const { end, start } = wanted(input)
    const before = input.value.slice(0, start)
    // A suggested label after labels that were separated by spaces makes it a list with commas.
    const others = before.includes(",")
      ? before
      : before
          .trim()
          .split(/\s+/)
          .filter(Boolean)
          .map((other) => `${other}, `)
          .join("")
    const rest = input.value.slice(end).replace(/^[^,]*,?\s*/, "")
    input.value = `${others}${label}, ${rest}`
    input.setSelectionRange(others.length + label.length + 2, others.length + label.length + 2)
    close()
    input.dispatchEvent(new Event("input", { bubbles: true }))
  }

  const open = (): void => {
    const text = wanted(input).text.trim().toLowerCase()
    const taken = new Set(input.value.toLowerCase().split(/\s*,\s*/))
    const fitting = labels.filter((label) => label.toLowerCase().includes(text) && !taken.has(label.toLowerCase()))
    const first = fitting.filter((label) => label.toLowerCase().startsWith(text))
    const offered = [...first, ...fitting.filter((label) => !first.includes(label))].slice(0, most)
    if (text === "" || offered.length === 0) {
      close()
      return
    }
    list.replaceChildren(
      ...offered.map((label, index) => {
        const option = document.createElement("li")
        option.id = `${list.id}-${index}`
        option.dir = "auto"
        option.textContent = label
        option.setAttribute("role", "option")
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault()
          take(label)
        })
        return option
      })
    )
    list.hidden = false
    input.setAttribute("aria-expanded", "true")
    mark(-1)
  }

  input.addEventListener("input", (event) => {
    if (event.isTrusted) open()
  })
  input.addEventListener("blur", close)
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    const count = list.children.length
    if (event.key === "ArrowDown") mark((active + 1) % count)
    else if (event.key === "ArrowUp") mark((active <= 0 ? count : active) - 1)
    else if (event.key === "Escape") close()
    else if (event.key === "Enter" && active >= 0) take(list.children[active]?.textContent ?? "")
    else return
    event.preventDefault()
  })
}
