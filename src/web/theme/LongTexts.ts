import { options, type VNode } from "preact"
import { renderToString } from "preact-render-to-string"

/** A part of a page: HTML, or a text that is not escaped yet. */
export interface PagePart {
  readonly text: string
  readonly isHtml: boolean
}

/** Length in UTF-16 code units from which on a text of an element or attribute is inserted after rendering. */
const long = 512

/** Encloses the number of a long text in rendered HTML. Random, because a text must not look like a place. */
const mark = `\ufdd2${Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join(".")}:`
const end = "\ufdd3"

/** Long texts of the page that is being rendered; `undefined` outside of pages. */
let found: Array<PagePart> | undefined

const isLong = (value: unknown): value is string => typeof value === "string" && value.length >= long

/** Returns the place of a text that is inserted after rendering. */
const placeOf = (text: string, isHtml: boolean): string => {
  if (found === undefined) return text
  found.push({ text, isHtml })
  return `${mark}${found.length - 1}${end}`
}

const withPlaces = (child: unknown): unknown => {
  if (isLong(child)) return placeOf(child, false)
  return Array.isArray(child) && child.some(isLong) ? child.map(withPlaces) : child
}

/** Replaces long texts of an element by places, in the order of the rendered page. */
const replaceLongTexts = ({ props, type }: VNode): void => {
  if (found === undefined || typeof type !== "string") return
  for (const name in props) {
    const value: unknown = Reflect.get(props, name)
    if (name === "children") continue
    if (isLong(value)) Reflect.set(props, name, placeOf(value, false))
    else if (name === "dangerouslySetInnerHTML" && typeof value === "object" && value !== null && "__html" in value) {
      const { __html: html } = value
      if (isLong(html)) Reflect.set(props, name, { __html: placeOf(html, true) })
    }
  }
  const children = withPlaces(props.children)
  if (children !== props.children) Reflect.set(props, "children", children)
}

const before = options.vnode
options.vnode = (vnode) => {
  replaceLongTexts(vnode)
  before?.(vnode)
}

const rendered = <A>(texts: Array<PagePart> | undefined, render: () => A): A => {
  const outer = found
  found = texts
  try {
    return render()
  } finally {
    found = outer
  }
}

/** Renders a part of a page, or of something else, as HTML. Unlike a page, it may be kept. */
export const renderMarkup = (markup: VNode): string => rendered(undefined, () => renderToString(markup))

/**
 * Renders a page in parts. The renderer escapes text character by character, and takes a quarter of a second for a
 * megabyte of `<`. So it sees only the places of long texts, which are escaped in slices while the page is encoded.
 * `finish` may change the HTML between them.
 */
export const renderParts = (page: VNode, finish: (html: string) => string): ReadonlyArray<PagePart> => {
  const texts: Array<PagePart> = []
  const html = finish(rendered(texts, () => renderToString(page)))
  if (texts.length === 0) return [{ text: html, isHtml: true }]
  const [first = "", ...others] = html.split(mark)
  return [
    { text: first, isHtml: true },
    ...others.flatMap((other): ReadonlyArray<PagePart> => {
      const digits = other.indexOf(end)
      const inserted = texts[Number(other.slice(0, digits))]
      const after = { text: other.slice(digits + end.length), isHtml: true }
      return inserted === undefined ? [after] : [inserted, after]
    })
  ]
}
