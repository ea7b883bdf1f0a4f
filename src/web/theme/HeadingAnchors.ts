import { texts } from "../../texts/Texts.js"

/** A heading with an id, of sanitized HTML. Longer ones than any heading get no link. */
const heading = /<(?<name>h[1-6])(?<attributes>(?: [^<>]*)? id="(?<id>[^"]+)"[^<>]*)>(?<inner>.{0,2000}?)<\/\k<name>>/gs

/** Text of sanitized HTML, with its entities, for an attribute. */
const textOf = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, "")
    .replaceAll('"', "&quot;")
    .trim()

/**
 * Adds a link to each heading with an id, which a stylesheet shows while the pointer or the focus is on it. Its sign comes
 * from the stylesheet, so that neither the text of the heading nor that of the post contains it.
 */
export const withAnchors = (html: string): string =>
  html.includes(" id=")
    ? html.replace(heading, (whole, ...found) => {
        const { attributes, id, inner, name }: Readonly<Record<string, string>> = found.at(-1)
        const text = textOf(inner ?? "")
        if (text === "") return whole
        const label = texts.theme.entry.linkTo({ name: text })
        return `<${name}${attributes}>${inner} <a class="anchor" href="#${id}" aria-label="${label}"></a></${name}>`
      })
    : html
