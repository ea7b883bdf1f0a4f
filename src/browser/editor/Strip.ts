import type { TextEditor } from "./Edit.js"
import { paragraph } from "./Formatting.js"
import { type Attached, cardFor, type MediaList, mediaList } from "./MediaList.js"
import { pathIn, picturesIn, pictureText, removed } from "./TextPictures.js"
import { texts } from "./Texts.js"

/** The card of a picture in the text, or of an uploaded picture that is not in the text yet. */
interface Card {
  readonly item: HTMLLIElement
  readonly alt: HTMLTextAreaElement
  isInText: boolean
}

/**
 * Manages the strip of files below the text. Its cards match the pictures in the text, and their descriptions are the
 * alternative texts in the Markdown.
 */
export const strip = (form: HTMLFormElement, editor: TextEditor, changed: () => void) => {
  const place = form.querySelector<HTMLDetailsElement>("[data-pictures]")
  const inline = form.querySelector<HTMLElement>("[data-inline]")
  const list = form.querySelector<HTMLElement>("[data-media]")
  const uploads = form.querySelector<HTMLElement>("[data-uploads]")
  const gallery = form.querySelector<HTMLButtonElement>("[data-gallery]")
  const count = form.querySelector("[data-pictures-count]")
  const cards = new Map<string, Card>()
  let timer = 0

  const insert = ({ alt, url }: Attached): void => {
    editor.apply(paragraph(editor.selected(), pictureText(pathIn(url), alt)))
    sync()
  }

  const media: MediaList | undefined =
    list === null
      ? undefined
      : mediaList(form, list, {
          changed: () => {
            sync()
            changed()
          },
          insert
        })

  /** Writes a card's description into the text. */
  const describe = (url: string): void => {
    const card = cards.get(url)
    if (card === undefined || !card.isInText) return
    const alt = card.alt.value
    const differing = picturesIn(editor.area.value).filter(
      (picture) => picture.url === url && picture.alt !== alt.replace(/\s+/g, " ").trim()
    )
    for (const { end, start, title } of differing.toReversed()) {
      const text = pictureText(url, alt, title)
      editor.applyAside(() => ({ start, end, text, from: start, to: start }))
    }
  }

  const takeOut = (url: string): void => {
    for (const { end, start } of picturesIn(editor.area.value)
      .filter((picture) => picture.url === url)
      .toReversed()) {
      editor.applyAside((value) => removed(value, start, end))
    }
  }

  const drop = (url: string): void => {
    cards.get(url)?.item.remove()
    cards.delete(url)
  }

  const cardOf = (url: string): Card | undefined => {
    const known = cards.get(url)
    if (known !== undefined) return known
    const item = cardFor(form, { url, alt: "", property: "photo" })
    const alt = item?.querySelector<HTMLTextAreaElement>("[data-alt]")
    if (item === undefined || alt === null || alt === undefined) return undefined
    for (const input of item.querySelectorAll("input")) input.remove()
    for (const button of item.querySelectorAll('[data-move="up"], [data-move="down"]')) button.remove()
    alt.removeAttribute("name")
    alt.addEventListener("change", () => describe(url))
    item.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-move]") : null
      if (button === null) return
      event.preventDefault()
      if (button.dataset.move === "insert") insert({ url, alt: alt.value, property: "photo" })
      else {
        takeOut(url)
        drop(url)
        sync()
        editor.area.focus()
      }
    })
    const card: Card = { item, alt, isInText: false }
    cards.set(url, card)
    return card
  }

  /** Updates the cards to match the text. */
  const sync = (): void => {
    clearTimeout(timer)
    const inText = new Map(picturesIn(editor.area.value).map((picture) => [picture.url, picture.alt]))
    for (const [url, card] of cards) if (card.isInText && !inText.has(url)) drop(url)
    for (const [url, alt] of inText) {
      const card = cardOf(url)
      if (card === undefined) continue
      card.isInText = true
      if (card.alt !== document.activeElement) card.alt.value = alt
    }
    const order = [...inText.keys(), ...[...cards.keys()].filter((url) => !inText.has(url))]
    for (const [index, url] of order.entries()) {
      const card = cards.get(url)
      if (card === undefined || inline === null) continue
      if (inline.children[index] !== card.item) inline.insertBefore(card.item, inline.children[index] ?? null)
      const name = `${texts.nouns.photo} ${index + 1} in the text`
      card.item.querySelector("label")?.setAttribute("for", `in-text-${index}`)
      card.alt.id = `in-text-${index}`
      card.item.querySelector('[data-move="insert"]')?.setAttribute("aria-label", texts.insertNamed({ name }))
      card.item.querySelector('[data-move="remove"]')?.setAttribute("aria-label", texts.removeNamed({ name }))
    }
    summarise()
  }

  /** Shows the number of files, or hides the strip if it is empty. */
  const summarise = (): void => {
    const attached = media?.all() ?? []
    const photos = attached.filter(({ property }) => property === "photo").length + cards.size
    const pending = uploads?.childElementCount ?? 0
    if (count !== null) {
      count.textContent = texts.pictures({ count: photos + pending, other: attached.length - photos + cards.size })
    }
    if (place !== null) place.hidden = photos + attached.length + pending === 0
    if (gallery !== null) gallery.hidden = cards.size === 0 || photos < 2
  }

  gallery?.addEventListener("click", () => {
    for (const [url, { alt }] of [...cards]) {
      takeOut(url)
      drop(url)
      media?.add({ url, alt: alt.value, property: "photo" })
    }
    sync()
    changed()
    list?.querySelector<HTMLElement>("[data-alt]")?.focus()
  })
  sync()

  /** Descriptions of pictures that have none, in their order. */
  const undescribed = (): ReadonlyArray<HTMLTextAreaElement> =>
    [
      ...[...cards.values()].filter(({ isInText }) => isInText).map(({ alt }) => alt),
      ...[...(list?.querySelectorAll("li") ?? [])]
        .filter((item) => item.querySelector<HTMLInputElement>('[name="media_property"]')?.value === "photo")
        .flatMap((item) => item.querySelector<HTMLTextAreaElement>("[data-alt]") ?? [])
    ].filter(({ value }) => value.trim() === "")

  return {
    media,
    /** Attaches an uploaded file to the post. */
    attach: (file: Attached): void => {
      media?.add(file)
      sync()
      changed()
    },
    /** Keeps the card of an uploaded picture whose placeholder was deleted, until the author inserts or removes it. */
    keep: (url: string): void => {
      cardOf(url)
      sync()
    },
    sync,
    summarise,
    /** Updates the cards shortly after the last key press. */
    changed: (): void => {
      clearTimeout(timer)
      timer = setTimeout(sync, 300)
    },
    /** Writes the descriptions that are being typed into the text. */
    flush: (): void => {
      for (const url of cards.keys()) describe(url)
    },
    undescribed,
    open: (): void => {
      if (place !== null) place.open = true
    }
  }
}

export type Strip = ReturnType<typeof strip>
