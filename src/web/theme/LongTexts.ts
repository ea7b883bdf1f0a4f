import { options, type VNode } from "preact"
import { renderToString } from "preact-render-to-string"
import { hasMarks, unmarked } from "../../texts/Fallback.js"

/** A part of a document, in UTF-16 code units; `escape` makes markup of each of its pieces. */
export interface DocumentPart {
  readonly text: string
  readonly escape: (piece: string) => string
  /** Renders the parts that stand here instead of a text, when it is their turn. */
  readonly later?: () => ReadonlyArray<DocumentPart>
}

/** Renders a part of a page when it is its turn. */
type RenderLater = (make: () => VNode) => ReadonlyArray<DocumentPart>

/** Escapes a text for elements and attributes. Three passes over a short piece take a fifth of one with a callback. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")

/** Leaves markup as it is. */
const unchanged = (markup: string): string => markup

/** Escapes a piece of a text that is inserted after English texts got their language. */
const escapedPiece = (text: string): string => escaped(unmarked(text))

/** Length in UTF-16 code units from which on a text of an element or attribute is inserted after rendering. */
const long = 512

/** Length from which on a text is inserted after rendering even if it marks something as English, which is lost then. */
const longest = 65_536

/** Encloses the number of a long text in rendered HTML. Random, because a text must not look like a place. */
const mark = `\ufdd2${Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join(".")}:`
const end = "\ufdd3"

/** Long texts of the document that is being written; `undefined` outside of documents. */
let found: Array<DocumentPart> | undefined

/** Renders parts of the page that is being written; `undefined` outside of pages. */
let renderLater: RenderLater | undefined

/** Returns whether a text is long enough to be inserted after rendering. */
export const isLong = (value: unknown): value is string =>
  typeof value === "string" && value.length >= long && (value.length >= longest || !hasMarks(value))

/** Returns the place of a text that is inserted after rendering. */
export const placeOf = (text: string, escape: DocumentPart["escape"]): string => {
  if (found === undefined) return text
  found.push({ text, escape })
  return `${mark}${found.length - 1}${end}`
}

/** Returns the place of a part that takes long to render and is rendered after the page; outside of pages, the part. */
export const laterPlaceOf = (make: () => VNode): string | VNode => {
  const render = renderLater
  if (found === undefined || render === undefined) return make()
  found.push({ text: "", escape: unchanged, later: () => render(make) })
  return `${mark}${found.length - 1}${end}`
}

const withPlaces = (child: unknown): unknown => {
  if (isLong(child)) return placeOf(child, escapedPiece)
  return Array.isArray(child) && child.some(isLong) ? child.map(withPlaces) : child
}

/** Replaces long texts of an element by places, in the order of the rendered page. */
const replaceLongTexts = ({ props, type }: VNode): void => {
  if (found === undefined || typeof type !== "string") return
  for (const name in props) {
    const value: unknown = Reflect.get(props, name)
    if (name === "children") continue
    if (isLong(value)) Reflect.set(props, name, placeOf(value, escapedPiece))
    else if (name === "dangerouslySetInnerHTML" && typeof value === "object" && value !== null && "__html" in value) {
      const { __html: html } = value
      if (isLong(html)) Reflect.set(props, name, { __html: placeOf(html, unmarked) })
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

const rendered = <A>(texts: Array<DocumentPart> | undefined, later: RenderLater | undefined, render: () => A): A => {
  const outer = { found, renderLater }
  found = texts
  renderLater = later
  try {
    return render()
  } finally {
    found = outer.found
    renderLater = outer.renderLater
  }
}

/** Renders a part of a page, or of something else, as HTML. Unlike a page, it may be kept. */
export const renderMarkup = (markup: VNode): string => rendered(undefined, undefined, () => renderToString(markup))

/**
 * Writes a document in parts. Writers escape text character by character, and take a quarter of a second for a megabyte
 * of `<`. So they see only the places of long texts, which are escaped in slices while the document is encoded.
 */
export const inParts = (write: () => string, later?: RenderLater): ReadonlyArray<DocumentPart> => {
  const texts: Array<DocumentPart> = []
  const markup = rendered(texts, later, write)
  if (texts.length === 0) return [{ text: markup, escape: unchanged }]
  const [first = "", ...others] = markup.split(mark)
  return [
    { text: first, escape: unchanged },
    ...others.flatMap((other): ReadonlyArray<DocumentPart> => {
      const digits = other.indexOf(end)
      const inserted = texts[Number(other.slice(0, digits))]
      const after = { text: other.slice(digits + end.length), escape: unchanged }
      return inserted === undefined ? [after] : [inserted, after]
    })
  ]
}

/**
 * Renders a page in parts. `finish` may change the HTML between long texts; `later` renders the parts that are rendered
 * after the page.
 */
export const renderParts = (
  page: VNode,
  finish: (html: string) => string,
  later: RenderLater = (make) => inParts(() => finish(renderToString(make())), later)
): ReadonlyArray<DocumentPart> => inParts(() => finish(renderToString(page)), later)
