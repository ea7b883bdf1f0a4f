import type { JSX } from "preact"
import type { EntryView, Medium } from "./EntryView.js"

/** What a post shows beside its text. */
export interface MediaListProps {
  readonly entry: EntryView
  /** Whether the first picture is likely on the reader's screen at once, and not to be waited for. */
  readonly isFirst?: boolean
}

/** The column of text is 38rem wide where there is room for it, and the screen where there is not. */
const sizesOf = (width: number, count: number): string =>
  count === 1 ? `(min-width: 42rem) min(38rem, ${width}px), 100vw` : "(min-width: 42rem) 19rem, 50vw"

/** The pictures, films and recordings of a post. Pictures lead to themselves in full size. */
export const MediaList = ({ entry, isFirst = false }: MediaListProps): JSX.Element | null =>
  entry.photos.length + entry.videos.length + entry.audios.length === 0 ? null : (
    <div class="media">
      {entry.photos.length > 0 && (
        <div class={entry.photos.length === 1 ? "photos" : "photos several"}>
          {entry.photos.map((photo, index) => (
            <Photo key={photo.url} photo={photo} count={entry.photos.length} isAtOnce={isFirst && index === 0} />
          ))}
        </div>
      )}
      {entry.videos.map(({ alt, url }) => (
        <video class="u-video" key={url} src={url} aria-label={alt || "Video"} controls preload="metadata" />
      ))}
      {entry.audios.map(({ alt, url }) => (
        <audio class="u-audio" key={url} src={url} aria-label={alt || "Audio"} controls preload="metadata" />
      ))}
    </div>
  )

const Photo = ({
  count,
  isAtOnce,
  photo: { alt, renderings, size, url }
}: {
  readonly photo: Medium
  readonly count: number
  readonly isAtOnce: boolean
}): JSX.Element => (
  <a href={url} {...(alt === "" && { "aria-label": "The picture in full size" })}>
    <img
      class="u-photo"
      src={url}
      alt={alt}
      {...size}
      {...(size !== undefined &&
        renderings.length > 0 && {
          srcset: [...renderings, { url, width: size.width }].map(({ url, width }) => `${url} ${width}w`).join(", "),
          sizes: sizesOf(size.width, count)
        })}
      {...(isAtOnce ? { fetchpriority: "high" as const } : { loading: "lazy" as const })}
      decoding="async"
    />
  </a>
)
