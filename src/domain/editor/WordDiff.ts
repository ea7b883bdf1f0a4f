import { type Change, diffLines, diffWordsWithSpace } from "diff"

/** A part of a text: kept, only in the new one, or only in the old one. */
export interface DiffPart {
  readonly kind: "kept" | "added" | "removed"
  readonly text: string
}

/** Texts up to this length are compared by words, longer ones by lines, which are fewer. UTF-16 code units. */
const byWords = 50_000

/**
 * Maximum time of a comparison in milliseconds: shorter than a delay that visitors notice, because it blocks the
 * thread.
 */
const timeout = 30

const partOf = ({ added, removed, value }: Change): DiffPart => ({
  kind: added ? "added" : removed ? "removed" : "kept",
  text: value
})

/** Compares two texts. If the comparison takes too long, the whole text counts as replaced. */
export const diffOf = (before: string, after: string): ReadonlyArray<DiffPart> => {
  if (before === after) return [{ kind: "kept", text: before }]
  const isShort = before.length + after.length <= byWords
  const parts = isShort ? diffWordsWithSpace(before, after, { timeout }) : diffLines(before, after, { timeout })
  return (
    parts?.map(partOf) ?? [
      { kind: "removed", text: before },
      { kind: "added", text: after }
    ]
  )
}
