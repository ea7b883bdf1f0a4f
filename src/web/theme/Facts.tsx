import type { JSX } from "preact"
import { spokenAddress } from "../../domain/posts/Citation.js"
import { texts } from "../../texts/Texts.js"
import { Cited } from "./Context.js"
import type { EntryView } from "./EntryView.js"
import type { Site } from "./Site.js"
import { factLabel } from "./Words.js"

interface FactsProps {
  readonly entry: EntryView
}

/** The properties of a post without a place of their own, with their labels. */
export const Facts = ({ entry }: FactsProps): JSX.Element | null =>
  entry.facts.length === 0 ? null : (
    <dl class="facts">
      {entry.facts.map(({ label, more, property, values }) => (
        <div key={property}>
          <dt>{factLabel({ property, label })}</dt>
          {values.map((value, index) => (
            <dd key={index}>
              {/* The first `u-url` of an entry has to be its own address. */}
              <Cited citation={value} property={property === "url" ? "" : property} />
            </dd>
          ))}
          {more > 0 && <dd>{texts.theme.entry.more(more)}</dd>}
        </div>
      ))}
    </dl>
  )

/** People that a post names among its tags. */
export const People = ({ entry }: FactsProps): JSX.Element | null =>
  entry.people.length === 0 ? null : (
    <p class="context">
      {texts.theme.entry.with}{" "}
      {entry.people.map((person, index) => (
        <span key={index}>
          {index > 0 && ", "}
          <Cited citation={person} property="category" type="h-card" />
        </span>
      ))}
    </p>
  )

/** Links to the pages of a post's tags. */
export const TagLinks = ({ entry }: FactsProps): JSX.Element => (
  <>
    {entry.tags.map(({ label, url }) => (
      <a key={label} class="p-category" rel="tag" href={url} dir="auto">
        {label}
      </a>
    ))}
  </>
)

/** Facts for parsers of lists: not all take the author from the h-feed, and an entry without text needs a name. */
export const HiddenFacts = ({ entry, site }: FactsProps & { readonly site: Site }): JSX.Element => (
  <>
    {entry.syndication.map((url) => (
      <a class="u-syndication" key={url} href={url} hidden>
        {url}
      </a>
    ))}
    <a class="p-author h-card" href={site.home} hidden>
      {site.author}
    </a>
  </>
)

/** Links to copies of a post elsewhere. */
export const AlsoOn = ({ entry }: FactsProps): JSX.Element | null =>
  entry.syndication.length === 0 ? null : (
    <p>
      {texts.theme.entry.alsoOn}{" "}
      {entry.syndication.map((url, index) => (
        <span key={url}>
          {index > 0 && ", "}
          <a class="u-syndication" rel="syndication" href={url} dir="auto">
            {siteOf(url, entry.syndication)}
          </a>
        </span>
      ))}
    </p>
  )

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : "")

/** The host of an address, or the address if several are on that host. */
const siteOf = (url: string, all: ReadonlyArray<string>): string => {
  const host = hostOf(url)
  return all.filter((other) => hostOf(other) === host).length === 1 ? host : spokenAddress(url)
}
