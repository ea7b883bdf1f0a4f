import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import type { PostPage } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { DayHeading, dateOf, dayOf } from "../theme/Day.js"
import { ListedEntry } from "../theme/Entry.js"
import { EntryRow, isRow } from "../theme/EntryRow.js"
import { type EntryView, entryView } from "../theme/EntryView.js"
import { Pagination } from "../theme/Pagination.js"
import type { Site } from "../theme/Site.js"
import { neighbours } from "./PageCursor.js"

/** Number of posts on one page of a list. */
export const pageSize = 20

/** Properties of a list of posts. */
export interface EntryListProps {
  /** The address of the list's first page. */
  readonly list: string
  readonly page: PostPage<ListedPost>
  readonly site: Site
  /** Whether its first article leads it, larger than the others. */
  readonly hasLead?: boolean
}

/** One page of a list of posts, grouped by day, with links to the neighbouring pages. */
export const EntryList = ({ hasLead = false, list, page, site }: EntryListProps): JSX.Element => {
  const entries = page.posts.map((post) => entryView(post, site))
  const lead = hasLead ? entries.find(({ html, title }) => title !== undefined && html === undefined) : undefined
  return (
    <>
      {daysOf(entries).map((day, index) => (
        <DaySection
          key={index}
          {...day}
          id={`day-${index + 1}`}
          first={index === 0 ? entries[0] : undefined}
          lead={lead}
          site={site}
        />
      ))}
      {entries.length === 0 && (
        <p>
          {texts.blog.emptyPage} <a href={list}>{texts.blog.toNewest}</a>
        </p>
      )}
      <Pagination {...neighbours(list, page)} />
    </>
  )
}

interface Day {
  readonly day: number
  readonly entries: ReadonlyArray<EntryView>
}

/** Groups posts by the day of their authors, in their order. */
const daysOf = (entries: ReadonlyArray<EntryView>): ReadonlyArray<Day> => {
  const days: Array<{ day: number; entries: Array<EntryView> }> = []
  for (const entry of entries) {
    const day = dayOf(entry)
    const latest = days.at(-1)
    if (latest?.day === day) latest.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

interface DaySectionProps extends Day {
  readonly id: string
  /** The first post of the page, if it is in this section. */
  readonly first: EntryView | undefined
  readonly lead: EntryView | undefined
  readonly site: Site
}

/** The posts of a day. Those of one line are in one list, in the place of the newest of them. */
const DaySection = ({ day, entries, first, id, lead, site }: DaySectionProps): JSX.Element => {
  const rows = entries.filter(isRow)
  return (
    <section class="day" aria-labelledby={id}>
      <DayHeading day={day} id={id} site={site} />
      {entries.map((entry) => {
        if (!rows.includes(entry)) {
          return (
            <ListedEntry
              key={entry.post.id}
              entry={entry}
              site={site}
              isFirst={entry === first}
              isLead={entry === lead}
            />
          )
        }
        return entry !== rows[0] ? null : (
          <ul class="rows" key="rows" aria-label={texts.theme.entry.links({ day: dateOf(day, site) })}>
            {rows.map((row) => (
              <EntryRow key={row.post.id} entry={row} site={site} />
            ))}
          </ul>
        )
      })}
    </section>
  )
}
