import { Option } from "effect"
import type { JSX } from "preact"
import type { Site } from "./Site.js"
import type { PreviewImage, Social } from "./Social.js"

interface SocialMetaProps {
  readonly site: Site
  readonly canonical: string
  readonly title: string
  readonly description: string
  readonly social: Social | undefined
}

/** The owner's photo, for pages without a picture of their own. */
const photoOf = ({ author, photo }: Site): PreviewImage | undefined =>
  Option.getOrUndefined(Option.map(photo, ({ height, url, width }) => ({ url, alt: author, size: { width, height } })))

/** A locale as Open Graph writes it, if the language names a territory: `de_AT`. */
const localeOf = (language: string): string | undefined => /^[a-z]{2,3}-[A-Z]{2}$/.exec(language)?.[0].replace("-", "_")

/** Open Graph and Twitter's cards, for link previews, and JSON-LD, for search engines. */
export const SocialMeta = ({ canonical, description, site, social, title }: SocialMetaProps): JSX.Element => {
  const image = social?.image ?? photoOf(site)
  const locale = localeOf(site.language)
  // A portrait of the owner is small beside the text; a picture of the post is large above it.
  const card = social?.image === undefined ? "summary" : "summary_large_image"
  return (
    <>
      <meta property="og:url" content={canonical} />
      <meta property="og:type" content={social?.type ?? "website"} />
      <meta property="og:title" content={title} />
      {description !== "" && <meta property="og:description" content={description} />}
      <meta property="og:site_name" content={site.name} />
      {locale !== undefined && <meta property="og:locale" content={locale} />}
      {image !== undefined && <ImageMeta {...image} />}
      {social?.published !== undefined && <meta property="article:published_time" content={social.published} />}
      {social?.modified !== undefined && <meta property="article:modified_time" content={social.modified} />}
      {social?.type === "article" && <meta property="article:author" content={site.home} />}
      {social?.tags?.map((tag) => (
        <meta key={tag} property="article:tag" content={tag} />
      ))}
      <meta name="twitter:card" content={card} />
      {social?.data !== undefined && <LinkedData data={social.data} />}
    </>
  )
}

const ImageMeta = ({ alt, size, url }: PreviewImage): JSX.Element => (
  <>
    <meta property="og:image" content={url} />
    {size !== undefined && (
      <>
        <meta property="og:image:width" content={String(size.width)} />
        <meta property="og:image:height" content={String(size.height)} />
      </>
    )}
    {alt !== "" && <meta property="og:image:alt" content={alt} />}
  </>
)

/**
 * A block of data, which no browser runs, so that the content security policy allows it. Without `<` nothing in it can end
 * the element.
 */
const LinkedData = ({ data }: { readonly data: object }): JSX.Element => (
  <script
    type="application/ld+json"
    dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll("<", "\\u003c") }}
  />
)
