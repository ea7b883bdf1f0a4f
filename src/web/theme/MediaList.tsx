import type { JSX } from "preact"
import { columnSizes } from "../../domain/media/Media.js"
import { texts } from "../../texts/Texts.js"
import type { EntryView, Medium } from "./EntryView.js"

/** Properties of a post's media. */
export interface MediaListProps {
  readonly entry: EntryView
  /** Whether the first picture is probably visible at once, and should not be loaded lazily. */
  readonly isFirst?: boolean
  /** Whether a large picture may be wider than the column of text. */
  readonly isWide?: boolean
}

/** The `sizes` of a picture: a place wider than the column of text, the column, or half of it. */
const sizesOf = (width: number, place: Place): string => {
  if (place === "wide") return `(min-width: 60rem) min(56rem, ${width}px), 100vw`
  return place === "column" ? columnSizes(width) : "(min-width: 46rem) 22rem, 50vw"
}

/** Where a picture stands: beyond the column of text, as wide as it, or in half of it. */
type Place = "wide" | "column" | "half"

/** Width in pixels from which a picture fills the column; smaller ones would be blurred. */
const fillsColumn = 600

/** The images, videos and audio files of a post. Images link to their full size. */
export const MediaList = ({ entry, isFirst = false, isWide = false }: MediaListProps): JSX.Element | null => {
  const { audios, featured, photos, videos } = entry
  const pictures = [
    ...featured.map((photo) => ({ photo, property: "featured" as const })),
    ...photos.map((photo) => ({ photo, property: "photo" as const }))
  ]
  const [only] = pictures
  const isFilling = pictures.length === 1 && only?.photo.size !== undefined && only.photo.size.width >= fillsColumn
  const isLandscape = only?.photo.size !== undefined && only.photo.size.width > only.photo.size.height
  const reachesOut = isWide && isFilling && isLandscape
  return pictures.length + videos.length + audios.length === 0 ? null : (
    <div class={`media${reachesOut ? " wide" : ""}`}>
      {pictures.length > 0 && (
        <div
          class={
            pictures.length === 1 ? `pic${isFilling ? " full" : ""}` : `gallery${pictures.length === 3 ? " trio" : ""}`
          }
        >
          {pictures.map((picture, index) => (
            <Photo
              key={picture.photo.url}
              {...picture}
              place={reachesOut ? "wide" : index === 0 && pictures.length % 2 === 1 ? "column" : "half"}
              isAtOnce={isFirst && index === 0}
            />
          ))}
        </div>
      )}
      {videos.map(({ alt, url }) => (
        <video
          class="u-video"
          key={url}
          src={url}
          aria-label={alt || texts.theme.entry.video}
          controls
          preload="metadata"
        />
      ))}
      {audios.map(({ alt, url }) => (
        <audio
          class="u-audio"
          key={url}
          src={url}
          aria-label={alt || texts.theme.entry.audio}
          controls
          preload="metadata"
        />
      ))}
    </div>
  )
}

const Photo = ({
  isAtOnce,
  photo: { alt, renderings, size, url },
  place,
  property
}: {
  readonly photo: Medium
  readonly property: "photo" | "featured"
  readonly isAtOnce: boolean
  readonly place: Place
}): JSX.Element => (
  <a href={url} {...(alt === "" && { "aria-label": texts.theme.entry.fullSize })}>
    <img
      class={`u-${property}`}
      src={url}
      alt={alt}
      {...size}
      {...(size !== undefined &&
        renderings.length > 0 && {
          srcset: [...renderings, { url, width: size.width }].map(({ url, width }) => `${url} ${width}w`).join(", "),
          sizes: sizesOf(size.width, place)
        })}
      {...(isAtOnce ? { fetchpriority: "high" as const } : { loading: "lazy" as const })}
      decoding="async"
    />
  </a>
)
