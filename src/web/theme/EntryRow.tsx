import type { JSX } from "preact"
import type { Citation } from "../../domain/posts/Citation.js"
import { texts } from "../../texts/Texts.js"
import { Cited, PlaceLine } from "./Context.js"
import type { EntryView } from "./EntryView.js"
import { HiddenFacts, TagLinks } from "./Facts.js"
import { Icon } from "./Icon.js"
import type { Site } from "./Site.js"
import { Time } from "./Time.js"

const icons = {
  "like-of": "like",
  "favorite-of": "like",
  "repost-of": "repost",
  "bookmark-of": "bookmark"
} as const

type RowProperty = keyof typeof icons

const isRowProperty = (property: string): property is RowProperty => property in icons

/**
 * The subject of a post with one line in lists: a like, a repost, a bookmark or a check-in without a text of its own.
 */
type Subject =
  | { readonly property: RowProperty; readonly citation: Citation }
  | { readonly property: "checkin"; readonly place: EntryView["checkins"][number] }

const subjectOf = (entry: EntryView): Subject | undefined => {
  const { checkins, relations } = entry
  const [relation] = relations
  const [place] = checkins
  if (relations.length + checkins.length !== 1) return undefined
  if (place !== undefined) return { property: "checkin", place }
  return relation !== undefined && relation.citation.url !== undefined && isRowProperty(relation.property)
    ? { property: relation.property, citation: relation.citation }
    : undefined
}

/** Returns whether a post has one line in lists: it only states a like, a repost, a bookmark or a check-in. */
export const isRow = (entry: EntryView): boolean =>
  subjectOf(entry) !== undefined &&
  entry.html === "" &&
  entry.lead === undefined &&
  entry.event === undefined &&
  entry.rsvp === undefined &&
  [entry.featured, entry.photos, entry.videos, entry.audios, entry.locations, entry.facts, entry.people].every(
    (others) => others.length === 0
  )

/** A post of `isRow` in a list: an h-entry on one line. */
export const EntryRow = ({ entry, site }: { readonly entry: EntryView; readonly site: Site }): JSX.Element => {
  const subject = subjectOf(entry)
  return (
    <li class="h-entry" lang={entry.language}>
      <Icon name={subject === undefined || subject.property === "checkin" ? "place" : icons[subject.property]} />
      <div>
        {subject !== undefined && (
          <span class="kind">{(texts.theme.rows as Readonly<Record<string, string>>)[subject.property]}</span>
        )}{" "}
        {subject !== undefined && <Named subject={subject} title={entry.title} />}
        <TagLinks entry={entry} />
      </div>
      <a class="u-url" href={entry.url}>
        <Time class="dt-published" at={entry.publishedAt} offset={entry.publishedOffset} site={site} form="clock" />
      </a>
      <HiddenFacts entry={entry} site={site} />
    </li>
  )
}

/** The subject of the line: the post's title if it has one, and the host of its address. */
const Named = ({ subject, title }: { readonly subject: Subject; readonly title: string | undefined }): JSX.Element => {
  if (subject.property === "checkin") {
    return (
      <span class="what">
        <PlaceLine property="checkin" place={subject.place} />
      </span>
    )
  }
  const { citation, property } = subject
  const name = citation.name ?? title
  return (
    <>
      <span class="what">
        <Cited citation={{ ...citation, name: title ?? name }} property={property} type="h-cite" />
      </span>{" "}
      {name !== undefined && citation.url !== undefined && <span class="host">{hostOf(citation.url)}</span>}
      {title !== undefined && <data class="p-name" value={title} />}
    </>
  )
}

const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, "")
