/** What a file shows or plays. */
export type MediaKind = "image" | "video" | "audio"

/** A smaller rendering of an image. */
export interface MediaVariant {
  /** On this site, such as `/media/1f…c2-640.webp`. */
  readonly path: string
  readonly mediaType: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** A file that was uploaded. Times are epoch milliseconds, UTC. */
export interface Media {
  /** Unguessable, and the stem of its address. */
  readonly id: string
  /** On this site, such as `/media/1f…c2.jpg`; absolute addresses are the site's URL before it. */
  readonly path: string
  readonly kind: MediaKind
  /** By its content, not by what the client said: `image/jpeg`. */
  readonly mediaType: string
  readonly byteLength: number
  /** Pixels, upright; absent for audio and video. */
  readonly width?: number
  readonly height?: number
  /** Smallest first; images only. */
  readonly variants: ReadonlyArray<MediaVariant>
  readonly uploadedAt: number
}
