/** Bounds of a JSON text. */
export interface JsonBounds {
  /** Lists and objects inside one another. */
  readonly depth: number
  /** Values of all lists and objects. */
  readonly values: number
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c

const isOpening = (byte: number | undefined): boolean => byte === 0x5b || byte === 0x7b
const isClosing = (byte: number | undefined): boolean => byte === 0x5d || byte === 0x7d

/** The place of the quote that ends the string which begins at `start`; the length of the body where none does. */
const endOfString = (body: Uint8Array, start: number): number => {
  let at = start + 1
  // Searching for each quote natively would take three times as long in a text of escaped quotes.
  while (at < body.length && body[at] !== quote) at += body[at] === backslash ? 2 : 1
  return Math.min(at, body.length)
}

/**
 * Finds the bound that a JSON text exceeds, from its bytes alone. A parser would make an object for each pair of
 * brackets and sort the names of members, which takes a hundred times as long. Does not check whether the JSON is
 * valid.
 */
export const jsonExcess = (body: Uint8Array, bounds: JsonBounds): "too_deep" | "too_many_values" | undefined => {
  let depth = 0
  let values = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (byte === quote) at = endOfString(body, at)
    else if (isOpening(byte)) {
      depth += 1
      values += 1
      if (depth > bounds.depth) return "too_deep"
    } else if (isClosing(byte)) depth -= 1
    else if (byte === comma) values += 1
    if (values > bounds.values) return "too_many_values"
  }
  return undefined
}
