import XMLBuilder from "fast-xml-builder"

/** What XML 1.0 lets stand in a document (section 2.2, production 2); lone surrogates are no characters at all. */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const legal = (_name: string, value: unknown): string => String(value).replace(illegal, "")

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  format: true,
  tagValueProcessor: legal,
  attributeValueProcessor: legal
})

/** An element: attributes under `@name`, its text under `#text`, all else child elements; lists repeat an element. */
export type Element = string | undefined | ReadonlyArray<Element> | { readonly [name: string]: Element }

/**
 * A well-formed XML 1.0 document in UTF-8, whatever texts are in it: escaped, and without characters that XML forbids.
 * The `feed` package (6.0.0) was looked at first: it leaves those characters in, titles Atom's notes `undefined`, and knows
 * JSON Feed 1.0 only.
 */
export const xml = (root: { readonly [name: string]: Element }): string =>
  builder.build({ "?xml": { "@version": "1.0", "@encoding": "utf-8" }, ...root })
