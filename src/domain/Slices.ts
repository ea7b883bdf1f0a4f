/**
 * Splits a text into slices of about `length` UTF-16 code units, never inside a surrogate pair or a CR LF, so that each
 * can be normalized, escaped or encoded alone.
 */
export function* slicesOf(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + length
    const isSplit = end < text.length && /[\uD800-\uDBFF\r]/.test(text.charAt(end - 1))
    yield text.slice(start, isSplit ? end - 1 : end)
    start = isSplit ? end - 1 : end
  }
}
