import { readTags, showTags } from "../../domain/posts/TagList.js"
import { completion } from "./TagChoices.js"
import { texts } from "./Texts.js"

/**
 * Turns the field of tags into one with a chip for each tag. Comma and Enter end a tag; a hidden field holds the line
 * that is sent. Returns a function that sets the line.
 */
export const tagField = (input: HTMLInputElement): ((line: string) => void) => {
  const labels = [...(input.list?.options ?? [])].map(({ value }) => value)
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name })
  let tags: ReadonlyArray<string> = []
  input.removeAttribute("name")
  input.removeAttribute("list")
  input.placeholder = texts.addTag
  input.after(sent)

  /** Writes the tags to the hidden field, including the one that is being typed, so that a save does not lose it. */
  const write = (): void => {
    const line = showTags([...tags, ...readTags(input.value)])
    if (sent.value === line) return
    sent.value = line
    sent.dispatchEvent(new Event("input", { bubbles: true }))
  }

  const chip = (tag: string): HTMLElement => {
    const element = Object.assign(document.createElement("span"), { className: "tag", dir: "auto", textContent: tag })
    const remove = document.createElement("button")
    Object.assign(remove, { type: "button", className: "btn square quiet", textContent: "×" })
    remove.setAttribute("aria-label", texts.removeTag({ tag }))
    remove.title = texts.removeTag({ tag })
    remove.addEventListener("click", () => {
      show(tags.filter((other) => other !== tag))
      input.focus()
    })
    element.append(remove)
    return element
  }

  const show = (next: ReadonlyArray<string>): void => {
    tags = [...new Map(next.map((tag) => [tag.toLowerCase(), tag])).values()]
    for (const old of input.parentElement?.querySelectorAll(".tag") ?? []) old.remove()
    input.before(...tags.map(chip))
    write()
  }

  /** Turns typed labels into chips. */
  const take = (line: string): void => {
    input.value = ""
    show([...tags, ...readTags(line)])
  }

  const choices = completion(input, {
    offered: (text) => {
      const taken = new Set(tags.map((tag) => tag.toLowerCase()))
      return labels.filter((label) => label.toLowerCase().includes(text) && !taken.has(label.toLowerCase()))
    },
    take: (label) => take(showTags([label]))
  })
  input.addEventListener("input", () => {
    // A quoted label may have commas in it.
    if (/^[^"]*,/.test(input.value) || /^\s*"(?:[^"]|"")*"\s*,/.test(input.value)) {
      const isEnded = input.value.trimEnd().endsWith(",")
      const typed = readTags(input.value)
      const rest = isEnded ? "" : (typed.at(-1) ?? "")
      show([...tags, ...(isEnded ? typed : typed.slice(0, -1))])
      input.value = rest
    }
    write()
    choices.open()
  })
  input.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === "Enter") {
      event.preventDefault()
      take(input.value)
    } else if (event.key === "Backspace" && input.value === "" && tags.length > 0) {
      event.preventDefault()
      show(tags.slice(0, -1))
    }
  })
  input.addEventListener("blur", () => {
    if (input.value.trim() !== "") take(input.value)
  })
  take(input.value)
  return (line) => {
    tags = []
    take(line)
  }
}
