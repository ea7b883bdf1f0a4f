import { escapedHtml } from "../Markup.js"
import { type Conversion, convertedFile } from "./ConvertedPost.js"
import { withEmbeddedLinks, withoutBlockComments, withParagraphs } from "./Paragraphs.js"

/** An item of a WordPress export (WXR): a post, a page, a file, or something else that the site kept as a post. */
export interface WordPressItem {
  /** Texts of its elements by name, such as `wp:post_type`; the first of several. */
  readonly texts: ReadonlyMap<string, string>
  readonly tags: ReadonlyArray<string>
  readonly categories: ReadonlyArray<string>
  /** Its `wp:postmeta`, by key. */
  readonly meta: ReadonlyMap<string, string>
  /** Number of its comments, which are not read. */
  readonly comments: number
}

/** A file of the media library. */
export interface Attachment {
  readonly url: string
  readonly alt: string
}

/** Types of items that are posts here. */
const postTypes: ReadonlySet<string> = new Set(["post", "page"])

/** Types of items that belong to the site, not to its content. */
const ofTheSite =
  /^(?:nav_menu_item|wp_\w+|custom_css|customize_changeset|oembed_cache|user_request|revision|acf-field.*)$/

const dateTime = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/

/** Epoch milliseconds of a date of a database as if it were UTC; `undefined` for none, which is written as zeros. */
const millisOf = (text: string): number | undefined => {
  const [, day, time] = dateTime.exec(text.trim()) ?? []
  const at = day === undefined || day.startsWith("0000") ? Number.NaN : Date.parse(`${day}T${time}Z`)
  return Number.isNaN(at) ? undefined : at
}

const minuteMillis = 60_000

const two = (number: number): string => String(Math.floor(number)).padStart(2, "0")

/** A local date and time with the offset that follows from the same time in UTC. */
const dateOf = (local: string, universal: string): string | undefined => {
  const here = millisOf(local)
  const there = millisOf(universal)
  if (here === undefined) return there === undefined ? undefined : new Date(there).toISOString().replace(".000", "")
  const text = new Date(here).toISOString().slice(0, 19)
  if (there === undefined) return text
  const minutes = Math.round((here - there) / minuteMillis)
  if (Math.abs(minutes) > 15 * 60) return new Date(there).toISOString().replace(".000", "")
  return `${text}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}

/** The address of a file of the media library with its number; absent for other items. */
export const attachmentIn = ({
  meta,
  texts
}: WordPressItem): readonly [id: string, attachment: Attachment] | undefined => {
  const id = texts.get("wp:post_id")
  const url = texts.get("wp:attachment_url")?.trim() ?? ""
  if (texts.get("wp:post_type") !== "attachment" || id === undefined || !/^https?:\/\//i.test(url)) return undefined
  return [id, { url, alt: meta.get("_wp_attachment_image_alt") ?? "" }]
}

const gallery = /\[gallery\b(?=[^[\]\n]{0,500}\bids\s*=\s*["'](?<ids>[\d,\s]{1,5000})["'])[^[\]\n]{0,5500}\]/g

/** Replaces galleries by their pictures. */
const withGalleries = (html: string, attachments: ReadonlyMap<string, Attachment>): string =>
  html.replace(gallery, (whole, ids: string) => {
    const pictures = ids.split(",").flatMap((id) => attachments.get(id.trim()) ?? [])
    const written = pictures.map(
      ({ alt, url }) => `<figure><img src="${escapedHtml(url)}" alt="${escapedHtml(alt)}"></figure>`
    )
    return written.length === 0 ? whole : `\n\n${written.join("\n\n")}\n\n`
  })

/** Maximum length of a text that is converted. The import refuses longer files anyway. */
const longestContent = 4_194_304

const htmlOf = (content: string, attachments: ReadonlyMap<string, Attachment>): string => {
  if (content.length > longestContent) return content
  const shown = withGalleries(content, attachments)
  return shown.includes("<!-- wp:") ? withEmbeddedLinks(withoutBlockComments(shown)) : withParagraphs(shown)
}

/** Text without tags, for a field that is shown as text. */
const plain = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()

/** Converts an item. Passwords do not appear in the file. */
export const readWordPressItem = (
  { categories, comments, meta, tags, texts }: WordPressItem,
  attachments: ReadonlyMap<string, Attachment>
): Conversion => {
  const text = (name: string) => texts.get(name)?.trim() ?? ""
  const type = text("wp:post_type")
  if (type === "attachment")
    return { passedOver: "is a file of the media library and comes with the post that shows it" }
  if (ofTheSite.test(type)) return { passedOver: "belongs to the design or the menus of the site" }
  if (!postTypes.has(type))
    return { passedOver: `is of the type ${type.slice(0, 40) || "unknown"}, which is not a post` }
  if (text("wp:status") === "auto-draft") return { passedOver: "is an empty draft that the editor made" }
  const picture = attachments.get(meta.get("_thumbnail_id") ?? "")
  const published = dateOf(text("wp:post_date"), text("wp:post_date_gmt"))
  return convertedFile({
    id: text("wp:post_id"),
    slug: decoded(text("wp:post_name")),
    isPage: type === "page",
    ...(published === undefined ? {} : { date: published }),
    fields: {
      title: text("title"),
      modified: dateOf(text("wp:post_modified"), text("wp:post_modified_gmt")),
      status: text("wp:status") || "draft",
      link: text("link"),
      excerpt: plain(text("excerpt:encoded")),
      tags,
      categories: categories.filter((category) => category !== "Uncategorized"),
      ...(picture === undefined ? {} : { featuredImage: picture.url, featuredImageAlt: picture.alt }),
      ...(text("wp:post_password") === "" ? {} : { password: true }),
      ...(comments === 0 ? {} : { comments })
    },
    html: htmlOf(texts.get("content:encoded") ?? "", attachments)
  })
}

/** Names of posts in other scripts are percent-encoded in the database. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
