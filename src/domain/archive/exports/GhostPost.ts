import { isObject } from "../../posts/Microformats.js"
import { escapedHtml } from "../Markup.js"
import { type Conversion, convertedFile } from "./ConvertedPost.js"

/** Rows of tables that posts refer to. */
export interface GhostRelations {
  /** Names of tags by the id of their post, in order. */
  readonly tags: ReadonlyMap<string, ReadonlyArray<string>>
  /** Rows of `posts_meta` by the id of their post. */
  readonly meta: ReadonlyMap<string, { readonly [name: string]: unknown }>
}

type Row = { readonly [name: string]: unknown }

const textIn = (row: Row, name: string): string => {
  const value = row[name]
  return typeof value === "string" ? value.trim() : ""
}

/** Numbers in exports of Ghost 1 and earlier are times in milliseconds. */
const dateIn = (row: Row, name: string): string | undefined => {
  const value = row[name]
  if (typeof value === "number" && Number.isFinite(value)) return new Date(value).toISOString()
  if (typeof value !== "string" || value.trim() === "") return undefined
  const written = value.trim().replace(" ", "T")
  const at = Date.parse(/[zZ]$|[+-]\d{2}:?\d{2}$/.test(written) ? written : `${written}Z`)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The id of a row, which older exports write as a number. */
export const idIn = (row: Row, name: string): string => {
  const value = row[name]
  return typeof value === "number" || typeof value === "string" ? String(value) : ""
}

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map((part) => `<p>${escapedHtml(part.trim()).replaceAll("\n", "<br>\n")}</p>`)
    .join("\n")

/** Removes the placeholder for the address of the site, so that addresses begin with `/`. */
const withoutPlaceholder = (text: string): string => text.replaceAll("__GHOST_URL__", "")

/** Tags that begin with `#` are for the theme, not for readers. */
const isShownTag = (tag: string): boolean => tag !== "" && !tag.startsWith("#")

/** Returns who may read a post: members of a site and payers are not the public. */
const visibilityOf = (row: Row): string => {
  const given = textIn(row, "visibility")
  return given === "" || given === "public" ? "public" : "private"
}

/** Converts a row of the table of posts. */
export const readGhostPost = (row: unknown, { meta, tags }: GhostRelations): Conversion => {
  if (!isObject(row)) return { passedOver: "is not a post" }
  const id = idIn(row, "id")
  const more = meta.get(id) ?? {}
  const html = withoutPlaceholder(textIn(row, "html"))
  const published =
    dateIn(row, "published_at") ?? (textIn(row, "status") === "draft" ? dateIn(row, "created_at") : undefined)
  return convertedFile({
    id,
    slug: textIn(row, "slug"),
    isPage: textIn(row, "type") === "page" || row.page === true || row.page === 1,
    ...(published === undefined ? {} : { date: published }),
    fields: {
      title: textIn(row, "title"),
      modified: dateIn(row, "updated_at"),
      status: textIn(row, "status") || "draft",
      visibility: visibilityOf(row),
      excerpt: textIn(row, "custom_excerpt") || textIn(row, "meta_description"),
      tags: (tags.get(id) ?? []).filter(isShownTag),
      featuredImage: withoutPlaceholder(textIn(row, "feature_image") || textIn(row, "image")),
      featuredImageAlt: textIn(more, "feature_image_alt"),
      ...(textIn(row, "codeinjection_head") + textIn(row, "codeinjection_foot") === "" ? {} : { codeinjection: true })
    },
    html: html === "" ? paragraphs(textIn(row, "plaintext")) : html
  })
}
