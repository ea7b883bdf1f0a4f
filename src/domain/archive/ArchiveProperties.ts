import { isLanguage } from "../Language.js"
import { isObject } from "../posts/Microformats.js"
import { languageProperty, longestLanguage } from "../posts/PostLanguage.js"
import { type Field, type Fields, listIn, textIn } from "./Fields.js"
import { saysNo } from "./Truth.js"

/** Properties of a post before validation, and notes on what was lost in reading them. */
export interface GivenProperties {
  readonly properties: { [name: string]: ReadonlyArray<unknown> }
  readonly notes: ReadonlyArray<PropertyNote>
}

/** A remark for the report: a code for programs, and a few words for people. */
export interface PropertyNote {
  readonly reason: string
  readonly why: string
}

/** IndieWeb properties, which files name directly. */
const asNamed = [
  ...["photo", "video", "audio", "in-reply-to", "like-of", "repost-of", "bookmark-of", "rsvp"],
  ...["syndication", "location", "start", "end"]
] as const

const fold = (name: string): string => name.replaceAll("-", "")

/** Fields that name the picture of a post, in order of precedence. */
const pictureFields = [
  ...["image", "coverimage", "cover", "featuredimage", "featureimage", "featured", "feature", "banner", "bannerimage"],
  ...[
    "heroimage",
    "hero",
    "headerimage",
    "headerimg",
    "header",
    "thumbnail",
    "thumb",
    "images",
    "ogimage",
    "socialimage",
    "teaser"
  ]
] as const

/**
 * Members of an object that hold the address of a picture (jekyll-seo-tag, PaperMod, Chirpy, Minimal Mistakes, Astro
 * …).
 */
const addressMembers = [
  "path",
  "src",
  "url",
  "image",
  "file",
  "filename",
  "relative",
  "feature",
  "overlay_image",
  "teaser"
] as const

const altMembers = ["alt", "alttext", "description", "caption", "title"] as const

const member = (value: { readonly [name: string]: unknown }, names: ReadonlyArray<string>): string | undefined => {
  for (const name of names) {
    const text = typeof value[name] === "string" ? textIn(value[name]) : undefined
    if (text !== undefined) return text
  }
  return undefined
}

/** Returns whether a text may be the address of a picture; `image: true` and `cover: blue` are not. */
const isAddressLike = (text: string): boolean =>
  !/[\n<>{}]/.test(text) &&
  text.length <= 2_000 &&
  (/\.[a-z0-9]{2,5}(?:[?#].*)?$/i.test(text) || /^https?:\/\/./i.test(text))

const pictureIn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pictureIn).find((picture) => picture !== undefined)
  if (isObject(value)) {
    const address = member(value, addressMembers)?.trim()
    if (address === undefined || !isAddressLike(address)) return undefined
    const alt = member(value, altMembers)
    return alt === undefined ? address : { value: address, alt }
  }
  const text = typeof value === "string" ? value.trim() : ""
  if (text === "" || saysNo(text)) return undefined
  // Obsidian's properties may hold wikilinks: `[[cover.png]]`.
  const linked = /^!?\[\[([^\]|#]+)[^\]]*\]\]$/.exec(text)?.[1] ?? text
  return isAddressLike(linked) ? linked : undefined
}

/** The picture among Hugo's resources, named by its use: `resources: [{name: cover, src: a.jpg}]`. */
const resourceIn = (fields: Fields): unknown => {
  const resources = listIn(fields.first("resources")?.value).filter(isObject)
  const cover = resources.find(({ name }) => /^(?:cover|feature|header|hero|banner|thumb)/i.test(textIn(name) ?? ""))
  return cover === undefined ? undefined : pictureIn(cover)
}

const alts = [
  "imagealt",
  "coveralt",
  "coverimagealt",
  "heroalt",
  "alt",
  "featuredimagealt",
  "heroimagealt",
  "imgalt"
] as const

/** The picture of a post, as its only photo. */
const pictureOf = (fields: Fields): ReadonlyArray<unknown> => {
  for (const name of pictureFields) {
    const field = fields.first(name)
    const picture = field === undefined ? undefined : pictureIn(field.value)
    if (picture === undefined) continue
    const alt = textIn(fields.first(...alts)?.value)
    return [typeof picture === "string" && alt !== undefined ? { value: picture, alt } : picture]
  }
  const resource = resourceIn(fields)
  return resource === undefined ? [] : [resource]
}

const summaryFields = ["summary", "description", "excerpt", "abstract", "lead", "lede", "intro", "desc"] as const
const subtitleFields = ["subtitle", "subheading", "tagline", "dek", "deck"] as const

/** A text, or a list of texts joined to one: some write a summary as a list in YAML. */
const oneText = (field: Field | undefined): string | undefined => {
  const text = textIn(Array.isArray(field?.value) ? field.value.join(" ") : field?.value)?.trim()
  return text === "" || typeof field?.value === "boolean" ? undefined : text
}

/** Names of people, as texts, or as h-cards if there is an address. */
const peopleIn = (value: unknown): ReadonlyArray<unknown> =>
  listIn(value).flatMap((person): ReadonlyArray<unknown> => {
    if (isObject(person)) {
      const name = member(person, ["name", "display_name", "title", "nick"])
      const url = member(person, ["url", "link", "website", "homepage"])
      if (name === undefined) return []
      const isUrl = url !== undefined && /^https?:\/\/[^\s]+$/i.test(url)
      return [{ type: ["h-card"], properties: { name: [name], ...(isUrl ? { url: [url] } : {}) } }]
    }
    return typeof person === "string" && person.trim() !== "" ? [person.trim()] : []
  })

/**
 * The properties of a post in a file's fields, except title, tags and content. A subtitle is the summary if there is
 * none, and is otherwise kept as its own property. Names of authors are kept but not shown, because a site has one
 * author.
 */
export const propertiesIn = (fields: Fields): GivenProperties => {
  const properties: { [name: string]: ReadonlyArray<unknown> } = {}
  const notes: Array<PropertyNote> = []
  for (const name of asNamed) {
    const field = fields.first(fold(name))
    if (field === undefined) continue
    const values = listIn(field.value).map((value) => {
      const picture = name === "photo" ? pictureIn(value) : value
      return picture === undefined ? value : picture
    })
    properties[name] = values
  }
  if (properties.photo === undefined) {
    const picture = pictureOf(fields)
    if (picture.length > 0) properties.photo = picture
  }
  const summary = oneText(fields.first(...summaryFields))
  const subtitle = oneText(fields.first(...subtitleFields))
  if (summary !== undefined || subtitle !== undefined) properties.summary = [summary ?? subtitle]
  if (summary !== undefined && subtitle !== undefined) properties.subtitle = [subtitle]
  const language = oneText(fields.first("lang", "language", "locale"))?.replaceAll("_", "-")
  if (language !== undefined && language.length <= longestLanguage && isLanguage(language)) {
    properties[languageProperty] = [language]
  }
  const authors = fields.all("author", "authors").flatMap(({ value }) => peopleIn(value))
  if (authors.length > 0) {
    properties.author = authors
    notes.push({ reason: "author_not_shown", why: "has an author, which is kept but not shown" })
  }
  return { properties, notes }
}
