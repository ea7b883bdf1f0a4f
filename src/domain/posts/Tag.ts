/** A tag of a post in two forms: for comparison and addresses, and as its author wrote it. */
export interface Tag {
  /** Folded, as in `/tag/{tag}` and in the tag filter of a search. Never empty. */
  readonly tag: string
  readonly label: string
}

/** Maximum length of a folded tag in characters. */
const tagLength = 100

/**
 * Folds a label for comparison: no leading `#`, NFKC, lower case, spaces and slashes as single hyphens. Empty if
 * nothing is left.
 */
export const foldTag = (label: string): string =>
  label
    .slice(0, 4 * tagLength)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{C}/gu, "")
    .replace(/^[#\s]+/, "")
    .replace(/[\s/\\]+/g, "-")
    .slice(0, tagLength)
    .replace(/\p{Surrogate}/gu, "")
    .replace(/^-+|-+$/g, "")
    // Dot segments in an address lead elsewhere.
    .replace(/^\.{1,2}$/, "")

/** The tags of labels in order, each folded tag once with its first label. */
export const tagsFromLabels = (labels: ReadonlyArray<string>): ReadonlyArray<Tag> => {
  const tags = new Map<string, Tag>()
  for (const label of labels) {
    const tag = foldTag(label)
    if (tag !== "" && !tags.has(tag)) tags.set(tag, { tag, label: label.trim() })
  }
  return [...tags.values()]
}
