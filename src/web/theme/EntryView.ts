import { isObject, valuesOf } from "../../domain/Microformats.js"
import { permalink, permalinkPath } from "../../domain/Permalink.js"
import { htmlOf, nameOf, type Post, summaryOf, tagsOf } from "../../domain/Post.js"
import type { Site } from "./Site.js"

/** The properties by which a post answers to something elsewhere, in the order in which they are shown. */
const relations = ["in-reply-to", "like-of", "repost-of", "bookmark-of"] as const

/** Something elsewhere that a post answers to. */
export interface Reference {
  readonly relation: (typeof relations)[number]
  /** Absolute, http or https. */
  readonly url: string
  readonly name: string
}

/** A picture, film or recording of a post. */
export interface Medium {
  /** Absolute, http or https. */
  readonly url: string
  /** What it shows, for those who do not see it; empty when its author did not say. */
  readonly alt: string
}

/** A tag of a post and its page. */
export interface TagLink {
  readonly label: string
  readonly url: string
}

/** A post as pages and feeds show it. Addresses are absolute; times are epoch milliseconds, UTC. */
export interface EntryView {
  readonly post: Post
  readonly path: string
  readonly url: string
  /** Absent for notes: no title is made up for them. */
  readonly title: string | undefined
  readonly summary: string | undefined
  /** Safe to be put into a page as it is. */
  readonly html: string
  readonly publishedAt: number
  /** Absent unless the post was edited after it was made. */
  readonly editedAt: number | undefined
  readonly tags: ReadonlyArray<TagLink>
  readonly photos: ReadonlyArray<Medium>
  readonly videos: ReadonlyArray<Medium>
  readonly audios: ReadonlyArray<Medium>
  readonly references: ReadonlyArray<Reference>
}

/** How a post is shown on this site. */
export const entryView = (post: Post, site: Site): EntryView => ({
  post,
  path: permalinkPath(post.slug),
  url: permalink(site.url, post.slug),
  title: nameOf(post),
  summary: summaryOf(post),
  html: htmlOf(post),
  publishedAt: post.publishedAt,
  editedAt: post.updatedAt > post.createdAt ? post.updatedAt : undefined,
  tags: tagsOf(post).map(({ label, tag }) => ({ label, url: `${site.url}${tagPath(tag)}` })),
  photos: mediaOf(post, "photo", site),
  videos: mediaOf(post, "video", site),
  audios: mediaOf(post, "audio", site),
  references: referencesOf(post, site)
})

/** The page of a folded tag. */
export const tagPath = (tag: string): `/tag/${string}` => `/tag/${encodeURIComponent(tag)}`

const mediaOf = ({ properties }: Post, name: "photo" | "video" | "audio", site: Site): ReadonlyArray<Medium> =>
  valuesOf(properties, name).flatMap((value) => {
    const { address, alt } = isObject(value) ? { address: value.value, alt: value.alt } : { address: value, alt: "" }
    const url = webAddress(address, site)
    return url === undefined ? [] : [{ url, alt: typeof alt === "string" ? alt : "" }]
  })

const referencesOf = ({ properties }: Post, site: Site): ReadonlyArray<Reference> =>
  relations.flatMap((relation) =>
    valuesOf(properties, relation).flatMap((value) => {
      const { address, name } = isObject(value)
        ? { address: cited(value, "url") ?? value.value, name: cited(value, "name") }
        : { address: value, name: undefined }
      const url = webAddress(address, site)
      return url === undefined ? [] : [{ relation, url, name: name ?? spoken(url) }]
    })
  )

/** A property of a nested microformat, such as the h-cite of a reply. */
const cited = (value: { readonly [key: string]: unknown }, name: string): string | undefined => {
  const properties = value.properties
  const values = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
  return Array.isArray(values) && typeof values[0] === "string" ? values[0] : undefined
}

/** Only http and https are linked to; everything else, `javascript:` above all, is not an address to us. */
const webAddress = (value: unknown, site: Site): string | undefined => {
  if (typeof value !== "string" || !URL.canParse(value, site.home)) return undefined
  const { href, protocol } = new URL(value, site.home)
  return protocol === "https:" || protocol === "http:" ? href : undefined
}

/** An address as people say it, and no longer than they would. */
const spoken = (url: string): string => {
  const bare = url.replace(/^https?:\/\/(?:www\.)?|\/$/g, "")
  return bare.length <= 80 ? bare : `${bare.slice(0, 79)}…`
}
