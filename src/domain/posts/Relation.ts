import { type Citation, citationOf } from "./Citation.js"
import { oneLine } from "./Line.js"
import { type Properties, textsOf, valuesOf } from "./Microformats.js"

/** A relation of a post to something else, as a line above its text. */
export interface Relation {
  /** The property, such as `like-of`. */
  readonly property: string
  /** Progress of the author, on which the label depends. */
  readonly progress: Progress
  /** What the author does with it, in English, for search: `Likes`. */
  readonly words: string
  readonly citation: Citation
  /** Progress of the author, unchanged: `read-status`, `to-read`. */
  readonly status: RelationStatus | undefined
}

/** The property that holds the author's progress, and its value. */
export interface RelationStatus {
  readonly property: string
  readonly value: string
}

/** Progress of an author with a book, a film or a game. */
export type Progress = "done" | "wanted" | "begun"

/** Labels of a relation; `wanted` and `begun` depend on the status that some clients send. */
interface Verb {
  readonly done: string
  readonly wanted?: string
  readonly begun?: string
}

/** Known properties, in the order in which they are shown. */
const verbs: ReadonlyMap<string, Verb> = new Map([
  ["in-reply-to", { done: "In reply to" }],
  ["like-of", { done: "Likes" }],
  ["favorite-of", { done: "Likes" }],
  ["repost-of", { done: "Reposts" }],
  ["quotation-of", { done: "Quotes" }],
  ["bookmark-of", { done: "Bookmarks" }],
  ["follow-of", { done: "Follows" }],
  ["mention-of", { done: "Mentions" }],
  ["tag-of", { done: "Tags" }],
  ["edit-of", { done: "Edits" }],
  ["translation-of", { done: "Translates" }],
  ["read-of", { done: "Read", wanted: "Wants to read", begun: "Is reading" }],
  ["watch-of", { done: "Watched", wanted: "Wants to watch", begun: "Is watching" }],
  ["listen-of", { done: "Listened to", wanted: "Wants to listen to", begun: "Is listening to" }],
  ["play-of", { done: "Played", wanted: "Wants to play", begun: "Is playing" }],
  ["jam-of", { done: "Is jamming to" }],
  ["want-of", { done: "Wants" }],
  ["wish-of", { done: "Wishes for" }],
  ["ate", { done: "Ate" }],
  ["eat-of", { done: "Ate" }],
  ["drank", { done: "Drank" }],
  ["drink-of", { done: "Drank" }],
  ["item", { done: "Reviews" }],
  ["review-of", { done: "Reviews" }]
])

/** Progress words of indiebookclub, Indigenous and Sparkles. */
const statuses: ReadonlyMap<string, Progress> = new Map([
  ...["want", "to-read", "to-watch", "to-listen", "to-play", "planned"].map((word) => [word, "wanted"] as const),
  ...["started", "reading", "watching", "listening", "playing", "in-progress"].map((word) => [word, "begun"] as const),
  ...["finished", "done", "read", "watched", "listened", "played", "none"].map((word) => [word, "done"] as const)
])

/** Properties that hold the progress of a relation: `read-status`, or Sparkles' `progress`. */
const statusProperties = (property: string): ReadonlyArray<string> =>
  verbs.get(property)?.wanted === undefined ? [] : [property.replace(/-of$/, "-status"), "progress"]

const statusOf = (properties: Properties, relation: string): RelationStatus | undefined =>
  statusProperties(relation)
    .flatMap((property) =>
      textsOf(properties, property).map((text) => ({ property, value: text.trim().toLowerCase() }))
    )
    .find(({ value }) => statuses.has(value))

/** Returns whether a property is a relation: `in-reply-to`, `ate`, and all that end with `-of`. */
export const isRelation = (property: string): boolean => verbs.has(property) || /[^-]-of$/.test(property)

/** Returns whether the label of a relation already contains a property's meaning. */
export const isSaidByRelation = (properties: Properties, property: string): boolean =>
  Object.keys(properties).some((relation) => statusOf(properties, relation)?.property === property)

/** Converts `foo-bar-of` to `Foo bar of`. */
const generic = (property: string): string => {
  const words = oneLine(property.replaceAll("-", " "))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const wordsFor = (property: string, progress: Progress): string => {
  const verb = verbs.get(property)
  return verb === undefined ? generic(property) : (verb[progress] ?? verb.done)
}

const order = [...verbs.keys()]
const rank = (property: string): number => (verbs.has(property) ? order.indexOf(property) : order.length)

/** The relations of a post: known properties in the order of `verbs`, then others in their own order. */
export const relationsOf = (properties: Properties): ReadonlyArray<Relation> =>
  Object.keys(properties)
    .filter(isRelation)
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((property) => {
      const status = statusOf(properties, property)
      const progress = statuses.get(status?.value ?? "") ?? "done"
      const words = wordsFor(property, progress)
      return valuesOf(properties, property).flatMap((value) => {
        const citation = citationOf(value)
        return citation === undefined ? [] : [{ property, progress, words, citation, status }]
      })
    })
