import type { JSX } from "preact"
import { type Citation, citationName, spokenAddress } from "../../domain/posts/Citation.js"
import { coordinatesText } from "../../domain/posts/GeoUri.js"
import type { Place } from "../../domain/posts/Place.js"
import { texts } from "../../texts/Texts.js"
import type { EntryView, EventTime } from "./EntryView.js"
import { Icon } from "./Icon.js"
import { Rich } from "./Rich.js"
import { relationWords } from "./Words.js"

/** A microformats2 class of a property; empty if the name is not valid in a class. */
const propertyClass = (prefix: "p" | "u", property: string): string =>
  /^[a-z][a-z0-9-]*$/.test(property) ? `${prefix}-${property}` : ""

const classes = (...names: ReadonlyArray<string | undefined>): string =>
  names.filter((name) => name !== undefined && name !== "").join(" ")

/**
 * A cited item with its authors: a microformat if it has authors or is one, otherwise a link or a text. `type` is the
 * microformat of links without one.
 */
export const Cited = ({
  citation,
  property,
  type
}: {
  readonly citation: Citation
  readonly property: string
  readonly type?: string
}): JSX.Element => {
  const { authors, excerpt, url } = citation
  const microformat = citation.type ?? (url !== undefined || authors.length > 0 ? type : undefined)
  const own = classes(propertyClass(url === undefined ? "p" : "u", property), microformat)
  const name = citationName(citation)
  if (authors.length === 0 && excerpt === undefined) {
    return url === undefined ? (
      <span class={own} dir="auto">
        {name}
      </span>
    ) : (
      <a class={own} href={url} dir="auto">
        {name}
      </a>
    )
  }
  return (
    <span class={own}>
      {url === undefined ? (
        <span class="p-name" dir="auto">
          {name}
        </span>
      ) : (
        <a class="p-name u-url" href={url} dir="auto">
          {name}
        </a>
      )}
      {authors.length > 0 && ` ${texts.theme.entry.by} `}
      {authors.map((author, index) => (
        <span key={author.name}>
          {index > 0 && ", "}
          {author.url === undefined ? (
            <span class="p-author h-card" dir="auto">
              {author.name}
            </span>
          ) : (
            <a class="p-author h-card" href={author.url} dir="auto">
              {author.name}
            </a>
          )}
        </span>
      ))}
      {excerpt !== undefined && (
        <q class="p-summary" dir="auto">
          {excerpt}
        </q>
      )}
    </span>
  )
}

/** Properties of a post's relations. */
export interface ContextProps {
  readonly entry: EntryView
  /** Whether replies have an icon, which pages have and feeds do not. */
  readonly hasIcons?: boolean
}

/** The relations of a post, one per line, and its places. */
export const Context = ({ entry, hasIcons = false }: ContextProps): JSX.Element => (
  <>
    {entry.relations.map(({ citation, progress, property, status, words }, index) => (
      <p class={property === "in-reply-to" ? "cite" : "context"} key={`${property} ${index}`}>
        {entry.rsvp !== undefined && index === 0 && property === "in-reply-to" ? (
          <span class="kind">
            {hasIcons && <Icon name="reply" />}
            <Rich
              text={texts.theme.entry.rsvpTo}
              values={{
                answer: (
                  <data class="p-rsvp" value={entry.rsvp}>
                    {texts.theme.entry.rsvpAnswers[entry.rsvp]}
                  </data>
                )
              }}
            />
          </span>
        ) : (
          <span class="kind">
            {hasIcons && property === "in-reply-to" && <Icon name="reply" />}
            {status === undefined ? (
              relationWords({ progress, property, words })
            ) : (
              <data class={propertyClass("p", status.property)} value={status.value}>
                {relationWords({ progress, property, words })}
              </data>
            )}
          </span>
        )}{" "}
        <Cited citation={citation} property={property} type="h-cite" />
      </p>
    ))}
    {entry.checkins.map((place, index) => (
      <p class="context" key={`checkin ${index}`}>
        <span class="kind">{texts.theme.entry.at}</span> <PlaceLine property="checkin" place={place} />
      </p>
    ))}
    {entry.event === undefined &&
      entry.locations.map((place, index) => (
        <p class="context" key={`location ${index}`}>
          <span class="kind">{texts.theme.entry.from}</span> <PlaceLine property="location" place={place} />
        </p>
      ))}
  </>
)

/** Time and place of an event. */
export const EventFacts = ({ entry: { event, locations } }: { readonly entry: EntryView }): JSX.Element | null =>
  event === undefined ? null : (
    <>
      {(event.start ?? event.end) !== undefined && (
        <p class="context">
          {event.start !== undefined && <EventMoment kind="dt-start" time={event.start} />}
          {event.start !== undefined && event.end !== undefined && " – "}
          {event.end !== undefined && <EventMoment kind="dt-end" time={event.end} />}
        </p>
      )}
      {locations.map((place, index) => (
        <p class="context" key={`location ${index}`}>
          <PlaceLine property="location" place={place} />
        </p>
      ))}
    </>
  )

const EventMoment = (props: { readonly kind: string; readonly time: EventTime }): JSX.Element => (
  <time class={props.kind} datetime={props.time.machine}>
    {props.time.spoken}
  </time>
)

/**
 * The microformat of a place: h-card with a name, h-adr for an address, h-geo for coordinates; none for plain text and
 * links.
 */
const placeType = ({ address, coordinates, name }: Place): string | undefined => {
  if (name !== undefined) return address.length > 0 || coordinates !== undefined ? "h-card" : undefined
  if (address.length > 0) return "h-adr"
  return coordinates === undefined ? undefined : "h-geo"
}

/** A place with all of its properties. Each has its own class, so that parsers do not merge them. */
export const PlaceLine = ({ place, property }: { readonly place: Place; readonly property: string }): JSX.Element => {
  const { address, coordinates, name, url } = place
  const type = placeType(place)
  // A check-in is identified by its page, a location by its name (microformats2, h-entry).
  const prefix = property === "checkin" && url !== undefined ? "u" : "p"
  if (type === undefined) {
    return url === undefined ? (
      <span class={`p-${property}`} dir="auto">
        {name}
      </span>
    ) : (
      <a class={`${prefix}-${property} h-card`} href={url} dir="auto">
        {name ?? spokenAddress(url)}
      </a>
    )
  }
  const label = name ?? (address.length === 0 && coordinates !== undefined ? coordinatesText(coordinates) : undefined)
  const nameClass = classes(name === undefined ? undefined : "p-name", url === undefined ? undefined : "u-url")
  return (
    <span class={`${prefix}-${property} ${type}`}>
      {label !== undefined &&
        (url === undefined ? (
          <span class={nameClass || undefined} dir="auto">
            {label}
          </span>
        ) : (
          <a class={nameClass} href={url} dir="auto">
            {label}
          </a>
        ))}
      {address.map((part, index) => (
        <span key={part.property}>
          {(label !== undefined || index > 0) && ", "}
          <span class={`p-${part.property}`} dir="auto">
            {part.text}
          </span>
        </span>
      ))}
      {label === undefined && url !== undefined && (
        <>
          {" "}
          <a class="u-url" href={url} dir="auto">
            {spokenAddress(url)}
          </a>
        </>
      )}
      {coordinates !== undefined && (
        <>
          <data class="p-latitude" value={String(coordinates.latitude)} />
          <data class="p-longitude" value={String(coordinates.longitude)} />
          {coordinates.altitude !== undefined && <data class="p-altitude" value={String(coordinates.altitude)} />}
        </>
      )}
    </span>
  )
}
