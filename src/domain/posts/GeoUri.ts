import { oneLine } from "./Line.js"

/** A position in degrees (WGS 84). */
export interface Coordinates {
  /** -90 to 90. */
  readonly latitude: number
  /** -180 to 180. */
  readonly longitude: number
  /** Metres above the ellipsoid. */
  readonly altitude: number | undefined
}

/** Contents of a `geo:` URI. Clients add the parameters `name` and `url`. */
export interface GeoUri {
  readonly coordinates: Coordinates
  readonly name: string | undefined
  /** Unchanged, with any scheme. */
  readonly url: string | undefined
}

const pattern = /^geo:(?<path>[-+.\d,]{1,200})(?:;(?<parameters>.{0,4000})|[?#].*)?$/i

const number = /^[-+]?(?:\d{1,20}(?:\.\d{0,40})?|\.\d{1,40})$/

const degrees = (text: string | undefined, most: number): number | undefined => {
  const value = text !== undefined && number.test(text) ? Number(text) : Number.NaN
  return Math.abs(value) <= most ? value : undefined
}

/** Parses latitude and longitude; `undefined` if one of them is not valid. */
export const readCoordinates = (
  latitude: string | undefined,
  longitude: string | undefined,
  altitude?: string
): Coordinates | undefined => {
  const [north, east] = [degrees(latitude?.trim(), 90), degrees(longitude?.trim(), 180)]
  return north === undefined || east === undefined
    ? undefined
    : { latitude: north, longitude: east, altitude: degrees(altitude?.trim(), 1e8) }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Parses parameters by lower-case name. An unescaped semicolon inside a name or address is part of it. */
const parametersIn = (text: string): ReadonlyMap<string, string> => {
  const parameters = text.split(/;(?=[a-z][a-z0-9-]*=)/i).map((parameter) => {
    const [key = "", ...value] = parameter.split("=")
    return [key.trim().toLowerCase(), oneLine(decoded(value.join("=")))] as const
  })
  return new Map(parameters)
}

/**
 * Parses a `geo:` URI (RFC 5870). `undefined` for other reference systems than WGS 84, which is the default, and for
 * other texts.
 */
export const readGeoUri = (text: string): GeoUri | undefined => {
  const { parameters = "", path = "" } = pattern.exec(text.trim())?.groups ?? {}
  const [latitude, longitude, altitude, ...rest] = path.split(",")
  const coordinates = rest.length === 0 ? readCoordinates(latitude, longitude, altitude) : undefined
  if (coordinates === undefined) return undefined
  const given = parametersIn(parameters)
  if ((given.get("crs") ?? "wgs84").toLowerCase() !== "wgs84") return undefined
  return { coordinates, name: given.get("name") || undefined, url: given.get("url") || undefined }
}

/** Formats coordinates to about a metre, without trailing zeros: `51.5074, -0.1278`. */
export const coordinatesText = ({ latitude, longitude }: Coordinates): string =>
  [latitude, longitude].map((degrees) => String(Number(degrees.toFixed(5)))).join(", ")
