/**
 * Remembers the results of a pure function of a text: of at most `limit` texts, after which it starts over, and of none that is
 * longer than `maxLength`, since texts from outside may be many and long.
 */
export const memoized = <A>(
  of: (text: string) => A,
  { limit = 1_000, maxLength = 256 }: { readonly limit?: number; readonly maxLength?: number } = {}
): ((text: string) => A) => {
  const known = new Map<string, A>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const result = of(text)
    if (text.length > maxLength) return result
    if (known.size >= limit) known.clear()
    known.set(text, result)
    return result
  }
}
