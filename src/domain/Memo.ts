import { BoundedMap } from "./BoundedMap.js"

/**
 * Remembers the results of a pure function of a text: of the latest `capacity` texts, and of none that is longer than
 * `maxLength`, because texts from outside may be many and long.
 */
export const memoized = <A>(
  resultOf: (text: string) => A,
  { capacity = 1_000, maxLength = 256 }: { readonly capacity?: number; readonly maxLength?: number } = {}
): ((text: string) => A) => {
  const known = new BoundedMap<string, A>(capacity)
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const result = resultOf(text)
    if (text.length <= maxLength) known.set(text, result)
    return result
  }
}
