import { isObject, type Properties, type PropertyValue, valuesOf } from "./Microformats.js"

/** Media properties whose values are addresses, or bear one. */
const mediaProperties = ["photo", "video", "audio", "featured"] as const

/** `![alt](address "title")`, each part bounded so that no text makes the search slow. */
const markdownImage = /(!\[[^\]\n]{0,1000}\]\([ \t]*<?)([^\s<>()]{1,2000})/g

/** `<img … src="address"`, and its like. */
const htmlSource = /(<(?:img|audio|video|source)\b[^<>]{0,2000}?\ssrc[ \t\n]*=[ \t\n]*["'])([^"'<>\n]{1,2000})/gi

/** Gives an address another, or leaves it as it is. */
export type Readdress = (address: string) => string

const inText = (text: string, readdress: Readdress): string =>
  text
    .replace(markdownImage, (_, before: string, address: string) => `${before}${readdress(address)}`)
    .replace(htmlSource, (_, before: string, address: string) => `${before}${readdress(address)}`)

const inContent = (value: PropertyValue, readdress: Readdress): PropertyValue => {
  if (typeof value === "string") return inText(value, readdress)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => [key, typeof text === "string" ? inText(text, readdress) : text])
  )
}

const inEmbed = (value: PropertyValue, readdress: Readdress): PropertyValue => {
  if (typeof value === "string") return readdress(value)
  return isObject(value) && typeof value.value === "string" ? { ...value, value: readdress(value.value) } : value
}

/** A post's properties with every picture, film and recording that it shows at the address that `readdress` gives it. */
export const withMediaAt = (properties: Properties, readdress: Readdress): Properties => {
  const changed: { [name: string]: ReadonlyArray<PropertyValue> } = { ...properties }
  const content = valuesOf(properties, "content")
  if (content.length > 0) changed.content = content.map((value) => inContent(value, readdress))
  for (const name of mediaProperties) {
    const values = valuesOf(properties, name)
    if (values.length > 0) changed[name] = values.map((value) => inEmbed(value, readdress))
  }
  return changed
}

/** The addresses of every picture, film and recording that a post shows, each once, in their order. */
export const mediaAddresses = (properties: Properties): ReadonlyArray<string> => {
  const found = new Set<string>()
  withMediaAt(properties, (address) => {
    found.add(address)
    return address
  })
  return [...found]
}
