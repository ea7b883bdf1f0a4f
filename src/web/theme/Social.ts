import { formatRfc3339 } from "../../domain/Moment.js"
import type { EntryView, Medium } from "./EntryView.js"
import type { Site } from "./Site.js"

/** A picture for link previews. */
export interface PreviewImage {
  readonly url: string
  readonly alt: string
  readonly size?: { readonly width: number; readonly height: number } | undefined
}

/** Description of a page for link previews and search engines. */
export interface Social {
  readonly type: "website" | "article"
  /** RFC 3339. */
  readonly published?: string | undefined
  readonly modified?: string | undefined
  readonly tags?: ReadonlyArray<string>
  readonly image?: PreviewImage | undefined
  /** A description of the page for search engines (https://schema.org/), as JSON-LD. */
  readonly data?: object
}

/** Maximum width of a picture that is offered unchanged, because programs have short timeouts for previews. */
const widest = 2_000

/** A picture, or its largest rendering if the file itself is larger than previews need. */
const previewOf = ({ alt, renderings, size, url }: Medium): PreviewImage => {
  const smaller = renderings.at(-1)
  if (size === undefined || size.width <= widest || smaller === undefined) return { url, alt, size }
  const height = Math.max(1, Math.round((size.height * smaller.width) / size.width))
  return { url: smaller.url, alt, size: { width: smaller.width, height } }
}

/** The picture of a post: the one that represents it, or its first; `card` if it has none. */
const imageOf = ({ featured, photos }: EntryView, card: PreviewImage | undefined): PreviewImage | undefined => {
  const own = featured[0] ?? photos[0]
  return own === undefined ? card : previewOf(own)
}

/** Returns the description of a post. `card` is the picture of a post without pictures. */
export const socialOf = (
  entry: EntryView,
  site: Site,
  {
    card,
    description,
    heading
  }: { readonly heading: string; readonly description: string; readonly card?: PreviewImage | undefined }
): Social => {
  const published = formatRfc3339(entry.publishedAt, entry.publishedOffset)
  const modified =
    entry.editedAt === undefined ? undefined : formatRfc3339(entry.editedAt, site.zone.offsetAt(entry.editedAt))
  const tags = entry.tags.map(({ label }) => label)
  const image = imageOf(entry, card)
  const author = { "@type": "Person", name: site.author, url: site.home }
  return {
    type: "article",
    published,
    modified,
    tags,
    image,
    data: {
      "@context": "https://schema.org",
      "@type": "BlogPosting",
      mainEntityOfPage: entry.url,
      url: entry.url,
      headline: heading.slice(0, 110),
      ...(description !== "" && { description }),
      inLanguage: entry.language ?? site.language,
      datePublished: published,
      dateModified: modified ?? published,
      author,
      publisher: author,
      isPartOf: { "@type": "Blog", name: site.name, url: site.home },
      ...(image !== undefined && { image: image.url }),
      ...(tags.length > 0 && { keywords: tags })
    }
  }
}
