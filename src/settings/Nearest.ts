import { Option } from "effect"
import { distance } from "fastest-levenshtein"

/** Edits that a slip of the fingers makes: one in a short word, a quarter of a long one, never more than four. */
const slips = (word: string): number => Math.min(4, Math.max(1, Math.floor(word.length / 4)))

/**
 * The candidate that was probably meant, upper and lower case aside; none when nothing is within `limit` edits
 * (Levenshtein distance).
 */
export const nearest = (
  word: string,
  candidates: Iterable<string>,
  limit: number = slips(word)
): Option.Option<string> => {
  const sought = word.toLowerCase()
  let best: Option.Option<string> = Option.none()
  let least = limit + 1
  for (const candidate of candidates) {
    // As many edits as the lengths differ are needed at least; most candidates end here.
    if (Math.abs(candidate.length - sought.length) >= least) continue
    const edits = distance(sought, candidate.toLowerCase())
    if (edits < least) {
      least = edits
      best = Option.some(candidate)
    }
  }
  return best
}
