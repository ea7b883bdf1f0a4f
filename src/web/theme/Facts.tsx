import type { JSX } from "preact"
import { spokenAddress } from "../../domain/posts/Citation.js"
import { Cited } from "./Context.js"
import type { EntryView } from "./EntryView.js"

interface FactsProps {
  readonly entry: EntryView
}

/** The properties of a post without a place of their own, with their labels. */
export const Facts = ({ entry }: FactsProps): JSX.Element | null =>
  entry.facts.length === 0 ? null : (
    <dl class="entry-facts">
      {entry.facts.map(({ label, more, property, values }) => (
        <div key={property}>
          <dt>{label}</dt>
          {values.map((value, index) => (
            <dd key={index}>
              {/* The first `u-url` of an entry has to be its own address. */}
              <Cited citation={value} property={property === "url" ? "" : property} />
            </dd>
          ))}
          {more > 0 && <dd>and {more} more</dd>}
        </div>
      ))}
    </dl>
  )

/** People that a post names among its tags. */
export const People = ({ entry }: FactsProps): JSX.Element | null =>
  entry.people.length === 0 ? null : (
    <p class="people">
      {"With "}
      {entry.people.map((person, index) => (
        <span key={index}>
          {index > 0 && ", "}
          <Cited citation={person} property="category" type="h-card" />
        </span>
      ))}
    </p>
  )

/** Links to copies of a post elsewhere. */
export const AlsoOn = ({ entry }: FactsProps): JSX.Element | null =>
  entry.syndication.length === 0 ? null : (
    <p class="also-on">
      {"Also on "}
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
