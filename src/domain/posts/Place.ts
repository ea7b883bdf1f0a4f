import { spokenAddress } from "./Citation.js"
import { type Coordinates, coordinatesText, readCoordinates, readGeoUri } from "./GeoUri.js"
import { openingLine, shortened } from "./Line.js"
import { addressIn, isObject, type Properties, type PropertyValue, textsOf, valuesOf } from "./Microformats.js"
import { longestText, type Nested, nestedTexts, nestedValues } from "./Nested.js"

/** Parts of an address (h-adr), in the order in which they are shown. */
export const addressParts = ["street-address", "locality", "region", "postal-code", "country-name"] as const

/** One part of an address. */
export interface AddressPart {
  readonly property: (typeof addressParts)[number]
  readonly text: string
}

/** A place. It has at least one of name, address, coordinates and page. */
export interface Place {
  readonly name: string | undefined
  readonly address: ReadonlyArray<AddressPart>
  readonly coordinates: Coordinates | undefined
  /** Its page: http, https, or a path on this site. */
  readonly url: string | undefined
}

/** Properties that hold places, the more specific first. */
export const placeProperties = ["checkin", "location"] as const

export type PlaceProperty = (typeof placeProperties)[number]

const ofText = (text: string): Place | undefined => {
  const line = openingLine(text)
  if (line === "") return undefined
  const geo = readGeoUri(line)
  if (geo !== undefined) {
    return { name: geo.name, address: [], coordinates: geo.coordinates, url: addressIn(geo.url ?? "") }
  }
  const url = addressIn(line)
  return {
    name: url === undefined ? shortened(line, longestText) : undefined,
    address: [],
    coordinates: undefined,
    url
  }
}

/** The coordinates of a place, or of its `geo` (h-geo, or a `geo:` URI). */
const coordinatesIn = (value: Nested): Coordinates | undefined => {
  const first = (name: string) => nestedTexts(value, name)[0]
  const own = readCoordinates(first("latitude"), first("longitude"), first("altitude"))
  if (own !== undefined) return own
  const [geo] = nestedValues(value, "geo")
  if (typeof geo === "string") return readGeoUri(geo)?.coordinates
  return isObject(geo) ? coordinatesIn(geo) : undefined
}

/** The address of a place, or of its `adr`. */
const addressOf = (value: Nested): ReadonlyArray<AddressPart> => {
  const own = addressParts.flatMap((property) => {
    const [text] = nestedTexts(value, property)
    return text === undefined ? [] : [{ property, text }]
  })
  if (own.length > 0) return own
  const [text] = nestedTexts(value, "adr")
  if (text !== undefined) return [{ property: "street-address", text }]
  const [adr] = nestedValues(value, "adr")
  return isObject(adr) ? addressOf(adr) : []
}

/** The place in a value: a nested h-card, h-adr, h-geo or h-event, a `geo:` URI, the address of a page, or text. */
const placeOf = (value: PropertyValue): Place | undefined => {
  if (typeof value === "string") return ofText(value)
  if (!isObject(value)) return undefined
  const address = addressOf(value)
  const coordinates = coordinatesIn(value)
  const url = addressIn(value)
  const text = typeof value.value === "string" && addressIn(value.value) === undefined ? ofText(value.value) : undefined
  const name = nestedTexts(value, "name")[0] ?? (address.length === 0 ? text?.name : undefined)
  const place: Place = { name, address, coordinates: coordinates ?? text?.coordinates, url }
  return name === undefined && address.length === 0 && place.coordinates === undefined && url === undefined
    ? undefined
    : place
}

/** A place on one line: name and address, or its coordinates, or its page. */
export const placeWords = ({ address, coordinates, name, url }: Place): string => {
  const words = [...(name === undefined ? [] : [name]), ...address.map(({ text }) => text)]
  if (words.length > 0) return words.join(", ")
  return coordinates === undefined ? spokenAddress(url ?? "") : coordinatesText(coordinates)
}

const isSamePoint = (a: Coordinates | undefined, b: Coordinates | undefined): boolean =>
  a !== undefined && a.latitude === b?.latitude && a.longitude === b.longitude

/** Returns whether the author hides the place (`location-visibility`, as Indigenous sends it). */
const isKeptBack = (properties: Properties): boolean =>
  textsOf(properties, "location-visibility").some((visibility) => visibility.trim().toLowerCase() !== "public")

/**
 * The places that a post shows: check-ins, or locations. Some clients send a check-in's place as location too; that one
 * is left out.
 */
export const placesOf = (properties: Properties, property: PlaceProperty): ReadonlyArray<Place> => {
  if (isKeptBack(properties)) return []
  const read = (name: PlaceProperty) => valuesOf(properties, name).flatMap((value) => placeOf(value) ?? [])
  if (property === "checkin") return read("checkin")
  const checkins = read("checkin")
  return read("location").filter(
    ({ coordinates, name }) =>
      name !== undefined || !checkins.some((checkin) => isSamePoint(checkin.coordinates, coordinates))
  )
}
