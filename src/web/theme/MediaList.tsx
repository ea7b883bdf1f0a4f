import type { JSX } from "preact"
import { columnSizes } from "../../domain/media/Media.js"
import type { EntryView, Medium } from "./EntryView.js"

/** Properties of a post's media. */
export interface MediaListProps {
  readonly entry: EntryView
  /** Whether the first picture is probably visible at once, and should not be loaded lazily. */
  readonly isFirst?: boolean
}

/** The `sizes` of a picture: the column of text, or half of it. */
const sizesOf = (width: number, isWhole: boolean): string =>
  isWhole ? columnSizes(width) : "(min-width: 48rem) 23rem, 50vw"

/** The images, videos and audio files of a post. Images link to their full size. */
export const MediaList = ({ entry, isFirst = false }: MediaListProps): JSX.Element | null => {
  const { audios, featured, photos, videos } = entry
  const pictures = [
    ...featured.map((photo) => ({ photo, property: "featured" as const })),
    ...photos.map((photo) => ({ photo, property: "photo" as const }))
  ]
  return pictures.length + videos.length + audios.length === 0 ? null : (
    <div class="media">
      {pictures.length > 0 && (
        <div class={pictures.length === 1 ? "photos" : "photos several"}>
          {pictures.map((picture, index) => (
            <Photo
              key={picture.photo.url}
              {...picture}
              isWhole={index === 0 && pictures.length % 2 === 1}
              isAtOnce={isFirst && index === 0}
            />
          ))}
        </div>
      )}
      {videos.map(({ alt, url }) => (
        <video class="u-video" key={url} src={url} aria-label={alt || "Video"} controls preload="metadata" />
      ))}
      {audios.map(({ alt, url }) => (
        <audio class="u-audio" key={url} src={url} aria-label={alt || "Audio"} controls preload="metadata" />
      ))}
    </div>
  )
}

const Photo = ({
  isAtOnce,
  isWhole,
  photo: { alt, renderings, size, url },
  property
}: {
  readonly photo: Medium
  readonly property: "photo" | "featured"
  readonly isAtOnce: boolean
  /** Whether it has a row of its own: the only one, or the first of an odd number. */
  readonly isWhole: boolean
}): JSX.Element => (
  <a href={url} {...(alt === "" && { "aria-label": "Full-size picture" })}>
    <img
      class={`u-${property}`}
      src={url}
      alt={alt}
      {...size}
      {...(size !== undefined &&
        renderings.length > 0 && {
          srcset: [...renderings, { url, width: size.width }].map(({ url, width }) => `${url} ${width}w`).join(", "),
          sizes: sizesOf(size.width, isWhole)
        })}
      {...(isAtOnce ? { fetchpriority: "high" as const } : { loading: "lazy" as const })}
      decoding="async"
    />
  </a>
)
