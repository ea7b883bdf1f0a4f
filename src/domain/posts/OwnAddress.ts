import { isObject, type Properties, type PropertyValue } from "./Microformats.js"

/** Hosts (with port) under which a site is or was reachable: `me.example`, `localhost:8000`. */
export type OwnHosts = ReadonlySet<string>

/** The hosts of origins. The scheme is ignored, because sites move from http to https. */
export const hostsOf = (origins: Iterable<string>): OwnHosts =>
  new Set([...origins].flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).host] : [])))

const absolute = /^(https?:\/\/[^/?#\\\s]+)(\/(?![/\\])\S*)$/i

/** The path, query and fragment of an address of this site; other addresses unchanged. */
export const hostFree = (address: string, own: OwnHosts): string => {
  const [, origin = "", path] = absolute.exec(address.trim()) ?? []
  return path !== undefined && URL.canParse(origin) && own.has(new URL(origin).host) ? path : address
}

/** Properties whose values are addresses. A path in one of them is an address on this site. */
const addressProperties: ReadonlySet<string> = new Set([
  ...["photo", "video", "audio", "featured", "logo", "url", "uid", "syndication", "in-reply-to"]
])

const holdsAddresses = (name: string): boolean => addressProperties.has(name) || name.endsWith("-of")

/** Properties of texts. Addresses in them stay as the author wrote them. */
const textProperties: ReadonlySet<string> = new Set(["name", "summary", "category", "published", "updated", "alt"])

/** Paths that only this site uses, so that they are addresses in every property. */
const ownPath = /^\/(?:media|notes|note|tag)\/\S+$/

/** Converts an address. `isAddress` is true if the property is known to hold addresses. */
type Convert = (text: string, isAddress: boolean) => string

/** Converts the text of a post. */
type ConvertText = (text: string) => string

const converted = (value: unknown, name: string, convert: Convert, convertText: ConvertText): unknown => {
  if (typeof value === "string") {
    if (name === "content") return convertText(value)
    return textProperties.has(name) ? value : convert(value, holdsAddresses(name))
  }
  if (Array.isArray(value)) return value.map((item) => converted(item, name, convert, convertText))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      // `value` represents the whole object: the address of a photo, the text of a content.
      const isWhole = key === "value" || (name === "content" && (key === "html" || key === "markdown"))
      const inside = isWhole ? name : key === "properties" ? "" : key
      return [key, key === "type" ? item : converted(item, inside, convert, convertText)]
    })
  )
}

const convertedProperties = (properties: Properties, convert: Convert, convertText: ConvertText): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, values]) => [
      name,
      // Conversion changes texts within values, never their shape.
      values.map((value) => converted(value, name, convert, convertText) as PropertyValue)
    ])
  )

/** Matches an address in Markdown (`](…)`, `]: …`) or HTML (`src="…"`), with its scheme and host. */
const destination =
  /(\]\([ \t]{0,9}<?|^ {0,3}\[[^\]\n]{1,999}\]:[ \t]{0,9}<?|\b(?:src|href|poster|cite)[ \t]{0,9}=[ \t]{0,9}["']?)(https?:\/\/[^/?#\\\s"'<>()]{1,255})(?=\/(?![/\\]))/gim

const hostFreeText =
  (own: OwnHosts): ConvertText =>
  (text) =>
    text.replace(destination, (whole, before: string, origin: string) =>
      URL.canParse(origin) && own.has(new URL(origin).host) ? before : whole
    )

/**
 * Converts every address of this site in properties to a path, which stays valid when the site moves: whole values,
 * those in nested microformats, and link and image destinations in Markdown and HTML. Other text is unchanged.
 */
export const withoutHost = (properties: Properties, own: OwnHosts): Properties =>
  convertedProperties(properties, (text) => hostFree(text, own), hostFreeText(own))

/** Like `withoutHost`, for one value of the property `name`. */
export const valueWithoutHost = (value: PropertyValue, name: string, own: OwnHosts): PropertyValue =>
  converted(value, name, (text) => hostFree(text, own), hostFreeText(own)) as PropertyValue

/** Address of a media file on any StarPunk site: its name begins with 128 random bits. */
const mediaAddress =
  /https?:\/\/[^/?#\\\s"'<>()]{1,255}(\/media\/[0-9a-f]{32}(?:-\d{1,5}x\d{1,5})?\.[a-z0-9]{3,4})(?![\w./-])/g

/**
 * Converts the address of every file for which `isOurs(path)` holds to a path, with any host. File names cannot be
 * guessed, so such a file was stored here while the site had another address.
 */
export const withMediaWithoutHost = (properties: Properties, isOurs: (path: string) => boolean): Properties => {
  const shorten = (text: string) =>
    text.replace(mediaAddress, (address, path: string) => (isOurs(path) ? path : address))
  return convertedProperties(properties, shorten, shorten)
}

/** Link and image destinations that are paths on this site. */
const ownDestination =
  /(\]\([ \t]{0,9}<?|^ {0,3}\[[^\]\n]{1,999}\]:[ \t]{0,9}<?|\b(?:src|href|poster|cite)[ \t]{0,9}=[ \t]{0,9}["']?)(?=\/(?:media|notes|note|tag)\/)/gim

/** Converts paths on this site to absolute addresses under `siteUrl`, for clients. */
export const withHost = (properties: Properties, siteUrl: string): Properties =>
  convertedProperties(
    properties,
    (text, isAddress) => ((isAddress ? /^\/(?![/\\])\S*$/ : ownPath).test(text) ? `${siteUrl}${text}` : text),
    (text) => text.replace(ownDestination, (before) => `${before}${siteUrl}`)
  )

/** Converts links and sources in HTML that lead to a former host of this site to paths. */
export const atPresentHost = (html: string, former: ReadonlyArray<string>): string =>
  former.some((origin) => html.includes(origin)) ? hostFreeText(hostsOf(former))(html) : html
