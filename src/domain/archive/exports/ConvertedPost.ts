import { slugFromWish } from "../../posts/Slug.js"

/** A file that the import reads like a page of a site: front matter in JSON, and HTML. */
export interface ConvertedFile {
  /** Relative to the folder of converted files, with `/`. */
  readonly path: string
  readonly text: string
}

/** A post of another program's export. */
export interface ConvertedPost {
  /** Its number in the export, which makes its file's name unique. */
  readonly id: string
  /** The name in its address. */
  readonly slug: string
  readonly isPage: boolean
  /** Publication time, with offset; absent if it has none. */
  readonly date?: string
  /** Other fields; absent and empty ones are left out. */
  readonly fields: { readonly [name: string]: unknown }
  readonly html: string
}

/** Longest part of a file's name that comes from the export. */
const longestName = 80

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)

/** The result for an entry of an export: a file, or why it is no post. */
export type Conversion = ConvertedFile | { readonly passedOver: string }

/** Returns the file of a post. Its path contains nothing of the export but letters, digits and hyphens. */
export const convertedFile = ({ date, fields, html, id, isPage, slug }: ConvertedPost): ConvertedFile => {
  const name = (slugFromWish(slug) ?? "").slice(0, longestName)
  const year = /^\d{4}/.exec(date ?? "")?.[0] ?? "undated"
  const number = id.replace(/[^a-z0-9]/gi, "").slice(0, longestName)
  const given = Object.entries({ slug, date, ...fields }).filter(([, value]) => isGiven(value))
  const folder = isPage ? "pages" : `posts/${year}`
  return {
    path: `${folder}/${name === "" ? "" : `${name}-`}${number}.html`,
    text: `;;;\n${JSON.stringify(Object.fromEntries(given))}\n;;;\n${html}\n`
  }
}
