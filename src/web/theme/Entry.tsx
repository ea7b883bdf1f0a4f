import type { JSX } from "preact"
import { withPrefixedIds } from "../../domain/markdown/Ids.js"
import { excerptOf, leadOf } from "../../domain/posts/Post.js"
import { texts } from "../../texts/Texts.js"
import { Author } from "./Author.js"
import { Context, EventFacts } from "./Context.js"
import { dateOf, dayOf } from "./Day.js"
import type { EntryView } from "./EntryView.js"
import { AlsoOn, Facts, HiddenFacts, People, TagLinks } from "./Facts.js"
import { withBackLinks } from "./FootnoteLinks.js"
import { withAnchors } from "./HeadingAnchors.js"
import { renderMarkup } from "./LongTexts.js"
import { MediaList } from "./MediaList.js"
import { linksOfPost } from "./RelativeLinks.js"
import { Rich } from "./Rich.js"
import type { Site } from "./Site.js"
import { Time } from "./Time.js"

/** Properties of an entry. */
export interface EntryProps {
  readonly entry: EntryView
  readonly site: Site
}

/** Properties of an entry in a list. */
export interface ListedEntryProps extends EntryProps {
  /** Whether it is the first on its page. */
  readonly isFirst?: boolean
  /** Whether it is the first article of the list, larger and with its picture. */
  readonly isLead?: boolean
}

/** Properties of a post's own page. */
export interface FullEntryProps extends EntryProps {
  /** Prefix of ids in the text, if the page has ids of other posts. */
  readonly idPrefix?: string
}

/** The microformat of a post: h-event for events, otherwise h-entry, with h-review for reviews. */
const rootOf = ({ event, post }: EntryView): string => {
  if (event !== undefined) return "h-event"
  return post.type === "h-review" ? "h-entry h-review" : "h-entry"
}

/**
 * A post in a list: notes completely, articles with their beginning. An h-entry within the page's h-feed. Its HTML is
 * cached with the entry, because most posts of a list are unchanged at the next request.
 */
export const ListedEntry = ({ entry, isFirst = false, isLead = false, site }: ListedEntryProps): JSX.Element => (
  <article
    class={`entry ${isLead ? "lead-entry " : ""}${rootOf(entry)}`}
    lang={entry.language}
    dangerouslySetInnerHTML={{ __html: listedHtml({ entry, isFirst, isLead, site }) }}
  />
)

/** HTML of listed entries by their place on the page. An entry belongs to one site object. */
const known = new WeakMap<EntryView, Map<string, string>>()

const listedHtml = (props: Required<ListedEntryProps>): string => {
  const { entry, isFirst, isLead } = props
  const forms = known.get(entry) ?? new Map<string, string>()
  known.set(entry, forms)
  const form = `${isFirst} ${isLead}`
  const html = forms.get(form) ?? renderMarkup(<ListedParts {...props} />)
  forms.set(form, html)
  return html
}

const ListedParts = ({ entry, isFirst, isLead, site }: Required<ListedEntryProps>): JSX.Element => {
  const media = <MediaList entry={entry} isFirst={isFirst} />
  const isArticle = !isShownWhole(entry)
  return (
    <>
      <Context entry={entry} hasIcons />
      {isLead && media}
      {entry.title !== undefined && (
        <h3 class="p-name" dir="auto">
          <a href={entry.url}>{entry.title}</a>
        </h3>
      )}
      <EventFacts entry={entry} />
      {!isLead && media}
      {isArticle ? <Beginning entry={entry} /> : <Whole entry={entry} />}
      <p class="meta">
        <a class="u-url" href={entry.url}>
          <Time class="dt-published" at={entry.publishedAt} offset={entry.publishedOffset} site={site} form="clock" />
        </a>
        {isArticle && entry.minutes !== undefined && <span>{texts.theme.entry.minutes(entry.minutes)}</span>}
        <TagLinks entry={entry} />
      </p>
      <People entry={entry} />
      <HiddenFacts entry={entry} site={site} />
    </>
  )
}

const Whole = ({ entry }: { readonly entry: EntryView }): JSX.Element => (
  <>
    <Lead entry={entry} />
    <Content entry={entry} idPrefix={entry.post.slug} />
    <Facts entry={entry} />
  </>
)

/** The summary or the beginning of a longer text. Its title leads to the rest; a text without one has a link. */
const Beginning = ({ entry }: { readonly entry: EntryView }): JSX.Element => {
  const beginning = entry.summary ?? leadOf(entry.post)
  return (
    <>
      {beginning !== "" && (
        <p class="p-summary lead" dir="auto">
          {beginning}
        </p>
      )}
      {entry.title === undefined && (
        <p class="meta">
          <a href={entry.url} aria-label={texts.theme.entry.readOnOf({ name: excerptOf(entry.post, 60) })}>
            {texts.theme.entry.readOn}
          </a>
        </p>
      )}
    </>
  )
}

/** A post on its own page: the complete h-entry, or h-event. An article begins with its date, a note ends with it. */
export const FullEntry = (props: FullEntryProps): JSX.Element => {
  const { entry, idPrefix, site } = props
  const isArticle = entry.title !== undefined && entry.html !== ""
  const facts = <Published entry={entry} site={site} isArticle={isArticle} />
  return (
    <article class={`post ${isArticle ? "" : "note "}${rootOf(entry)}`} lang={entry.language}>
      {isArticle ? (
        <header class="post-head">
          {facts}
          <Title entry={entry} />
          <EventFacts entry={entry} />
          <Lead entry={entry} />
        </header>
      ) : (
        <>
          <Title entry={entry} />
          <EventFacts entry={entry} />
        </>
      )}
      <Context entry={entry} hasIcons />
      <MediaList entry={entry} isFirst isWide={isArticle} />
      {!isArticle && <Lead entry={entry} />}
      <Content entry={entry} idPrefix={idPrefix} />
      <Facts entry={entry} />
      {!isArticle && facts}
      <footer class="after">
        <More entry={entry} site={site} />
        <Author site={site} title={entry.title} />
      </footer>
    </article>
  )
}

const Title = ({ entry }: { readonly entry: EntryView }): JSX.Element | null =>
  entry.title === undefined ? null : (
    <h1 class="p-name" dir="auto">
      {entry.title}
    </h1>
  )

/** When a post was published, how long it takes to read, and its tags. */
const Published = ({ entry, isArticle, site }: EntryProps & { readonly isArticle: boolean }): JSX.Element => {
  const { minutes, publishedAt, publishedOffset, url } = entry
  const time = { class: "dt-published", at: publishedAt, offset: publishedOffset, site }
  return (
    <p class="meta">
      <a class="u-url u-uid" href={url}>
        {isArticle ? <Time {...time}>{dateOf(dayOf(entry), site)}</Time> : <Time {...time} />}
      </a>
      {isArticle && minutes !== undefined && <span>{texts.theme.entry.minutes(minutes)}</span>}
      <TagLinks entry={entry} />
    </p>
  )
}

/** Further properties of a post, after its text. */
const More = ({ entry, site }: EntryProps): JSX.Element | null =>
  entry.people.length + entry.syndication.length === 0 && entry.editedAt === undefined ? null : (
    <div class="ui small muted">
      <People entry={entry} />
      {entry.editedAt !== undefined && (
        <p>
          <Rich
            text={texts.theme.entry.edited}
            values={{ time: <Time class="dt-updated" at={entry.editedAt} site={site} /> }}
          />
        </p>
      )}
      <AlsoOn entry={entry} />
    </div>
  )

/** A page of the site: its text, without time and tags, which readers do not look for there. */
export const FullPage = ({ entry, heading, site }: EntryProps & { readonly heading: string }): JSX.Element => (
  <article class="entry page h-entry" lang={entry.language}>
    <header class="page-head">
      <h1 class="p-name" dir="auto">
        {heading}
      </h1>
    </header>
    <MediaList entry={entry} isFirst />
    <Lead entry={entry} />
    <Content entry={entry} idPrefix={undefined} />
    <Facts entry={entry} />
    {/* For parsers. */}
    <div hidden>
      <a class="u-url u-uid" href={entry.url}>
        <Time class="dt-published" at={entry.publishedAt} offset={entry.publishedOffset} site={site} />
      </a>
      <a class="p-author h-card" href={site.home}>
        {site.author}
      </a>
    </div>
  </article>
)

/** Returns whether a list shows the complete post: short notes, and named posts without text. */
const isShownWhole = ({ html, title }: EntryView): boolean => html !== undefined && (title === undefined || html === "")

/** The summary: as the text of a post without one, or before its text. */
export const Lead = ({ entry }: { readonly entry: EntryView }): JSX.Element | null =>
  entry.lead === undefined ? null : (
    <p class="p-summary lead" dir="auto">
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
  const own = idPrefix === undefined ? withAnchors(html) : linksOfPost(withPrefixedIds(html, idPrefix), url)
  // Sanitized when it was rendered: see EntryView.html.
  return <div class="e-content prose" dir="auto" dangerouslySetInnerHTML={{ __html: withStops(withBackLinks(own)) }} />
}

/**
 * Makes code and tables focusable, because they scroll sideways and keyboard users have to scroll them (WCAG 2.1.1).
 */
const withStops = (html: string): string => html.replace(/<(pre|table)(?=[ >])/g, '<$1 tabindex="0"')
