import type { JSX } from "preact"
import { withPrefixedIds } from "../../domain/markdown/Ids.js"
import { excerptOf, leadOf } from "../../domain/posts/Post.js"
import { Context, EventFacts } from "./Context.js"
import type { EntryView } from "./EntryView.js"
import { AlsoOn, Facts, People } from "./Facts.js"
import { MediaList } from "./MediaList.js"
import { linksOfPost } from "./RelativeLinks.js"
import type { Site } from "./Site.js"
import { Time } from "./Time.js"

/** Properties of an entry. */
export interface EntryProps {
  readonly entry: EntryView
  readonly site: Site
  /** Whether it is the first on its page. */
  readonly isFirst?: boolean
  /** Prefix of ids in the text, if the page has ids of other posts. */
  readonly idPrefix?: string
}

/** The microformat of a post: h-event for events, otherwise h-entry, with h-review for reviews. */
const rootOf = ({ event, post }: EntryView): string => {
  if (event !== undefined) return "h-event"
  return post.type === "h-review" ? "h-entry h-review" : "h-entry"
}

/** A post in a list: notes completely, articles with their beginning. An h-entry within the page's h-feed. */
export const ListedEntry = ({ entry, isFirst = false, site }: EntryProps): JSX.Element => (
  <article class={`entry ${rootOf(entry)}`}>
    <a class="entry-date u-url" href={entry.url}>
      <Time class="dt-published" at={entry.publishedAt} offset={entry.publishedOffset} site={site} form="day" />
    </a>
    <Context entry={entry} />
    {entry.title !== undefined && (
      <h2 class="entry-title p-name" dir="auto">
        <a href={entry.url}>{entry.title}</a>
      </h2>
    )}
    <EventFacts entry={entry} />
    <MediaList entry={entry} isFirst={isFirst} />
    {isShownWhole(entry) ? (
      <>
        <Lead entry={entry} />
        <Content entry={entry} idPrefix={entry.post.slug} />
        <Facts entry={entry} />
      </>
    ) : (
      <>
        {(entry.summary ?? leadOf(entry.post)) !== "" && (
          <p class="p-summary" dir="auto">
            {entry.summary ?? leadOf(entry.post)}
          </p>
        )}
        <p class="more">
          <a href={entry.url} aria-label={`Read on: ${entry.title ?? excerptOf(entry.post, 60)}`}>
            Read on
          </a>
        </p>
      </>
    )}
    {entry.tags.length + entry.people.length > 0 && (
      <footer class="entry-meta">
        <Tags entry={entry} />
        <People entry={entry} />
      </footer>
    )}
    {entry.syndication.map((url) => (
      <a class="u-syndication" key={url} href={url} hidden>
        {url}
      </a>
    ))}
    {/* For parsers: not all take the author from the h-feed, and an entry without text needs a name. */}
    <a class="p-author h-card" href={site.home} hidden>
      {site.author}
    </a>
  </article>
)

/** A post on its own page: the complete h-entry, or h-event. */
export const FullEntry = ({ entry, idPrefix, site }: EntryProps): JSX.Element => (
  <article class={`entry ${rootOf(entry)}`}>
    <Context entry={entry} />
    {entry.title !== undefined && (
      <h1 class="entry-title p-name" dir="auto">
        {entry.title}
      </h1>
    )}
    <EventFacts entry={entry} />
    <MediaList entry={entry} isFirst />
    <Lead entry={entry} />
    <Content entry={entry} idPrefix={idPrefix} />
    <Facts entry={entry} />
    <footer class="entry-meta">
      <Tags entry={entry} />
      <People entry={entry} />
      <p>
        <a class="u-url u-uid" href={entry.url}>
          <Time class="dt-published" at={entry.publishedAt} offset={entry.publishedOffset} site={site} />
        </a>
        {" by "}
        <a class="p-author h-card" href={site.home} rel="author" dir="auto">
          {site.author}
        </a>
      </p>
      {entry.editedAt !== undefined && (
        <p>
          {"Edited "}
          <Time class="dt-updated" at={entry.editedAt} site={site} />
        </p>
      )}
      <AlsoOn entry={entry} />
    </footer>
  </article>
)

/** Returns whether a list shows the complete post: short notes, and named posts without text. */
const isShownWhole = ({ html, title }: EntryView): boolean => html !== undefined && (title === undefined || html === "")

/** The summary: as the text of a post without one, or before its text. */
export const Lead = ({ entry }: { readonly entry: EntryView }): JSX.Element | null =>
  entry.lead === undefined ? null : (
    <p class="p-summary summary" dir="auto">
      {entry.lead}
    </p>
  )

const Content = ({
  entry: { html, url },
  idPrefix
}: {
  readonly entry: EntryView
  readonly idPrefix: string | undefined
}): JSX.Element | null => {
  if (!html) return null
  const own = idPrefix === undefined ? html : linksOfPost(withPrefixedIds(html, idPrefix), url)
  // Sanitized when it was rendered: see EntryView.html.
  return <div class="e-content prose" dir="auto" dangerouslySetInnerHTML={{ __html: withStops(own) }} />
}

/** Makes code and tables focusable, because they scroll sideways and keyboard users have to reach them (WCAG 2.1.1). */
const withStops = (html: string): string => html.replace(/<(pre|table)(?=[ >])/g, '<$1 tabindex="0"')

const Tags = ({ entry }: { readonly entry: EntryView }): JSX.Element | null =>
  entry.tags.length === 0 ? null : (
    <ul class="tags" aria-label="Tags">
      {entry.tags.map(({ label, url }) => (
        <li key={label}>
          <a class="p-category" rel="tag" href={url} dir="auto">
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
