import { type Citation, citationName } from "../../domain/posts/Citation.js"
import type { Fact } from "../../domain/posts/Fact.js"
import type { Progress, Relation } from "../../domain/posts/Relation.js"
import { inEnglish, texts } from "../../texts/Texts.js"

/** Words for what the author does with something: `Likes`. */
export const relationWords = ({
  progress,
  property,
  words
}: Pick<Relation, "property" | "progress" | "words">): string => {
  const known: Readonly<Record<string, Partial<Record<Progress, string>>>> = texts.theme.relations
  const verb = known[property]
  return verb?.[progress] ?? verb?.done ?? inEnglish(words)
}

/** The name of a property without a place of its own. */
export const factLabel = ({ label, property }: Pick<Fact, "label" | "property">): string => {
  const known: Readonly<Record<string, string>> = texts.theme.facts
  return known[property] ?? inEnglish(label)
}

/** The name of an item with its authors. */
export const citationWords = (citation: Citation): string =>
  citation.authors.length === 0
    ? citationName(citation)
    : `${citationName(citation)} ${texts.theme.entry.by} ${citation.authors.map(({ name }) => name).join(", ")}`
