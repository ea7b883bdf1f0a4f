/** A category of a post: how it is compared and addressed, and how its author wrote it. */
export interface Tag {
  /** Folded; what stands in `/tag/{tag}` and in the tag filter of a search. Never empty. */
  readonly tag: string
  readonly label: string
}

/** Characters of a folded tag at most. */
const tagLength = 100

/**
 * The form in which tags are compared: no leading `#`, compatibility forms unified (NFKC), lower case, spaces and slashes
 * as single hyphens. Empty when nothing is left.
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
    // As segments of an address these lead elsewhere.
    .replace(/^\.{1,2}$/, "")

/** The tags of these labels, in their order, each folded tag once, under its first label. */
export const tagsFromLabels = (labels: ReadonlyArray<string>): ReadonlyArray<Tag> => {
  const tags = new Map<string, Tag>()
  for (const label of labels) {
    const tag = foldTag(label)
    if (tag !== "" && !tags.has(tag)) tags.set(tag, { tag, label: label.trim() })
  }
  return [...tags.values()]
}
