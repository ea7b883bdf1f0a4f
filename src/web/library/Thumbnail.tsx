import type { JSX } from "preact"
import type { Media } from "../../domain/media/Media.js"

/** A small picture of a file; audio and video have a sign instead, because showing them would load them. */
export const Thumbnail = ({ media: { kind, path, variants } }: { readonly media: Media }): JSX.Element =>
  kind === "image" ? (
    <img src={variants[0]?.path ?? path} width={320} height={320} alt="" loading="lazy" decoding="async" />
  ) : (
    <span class="thumb-sign" aria-hidden="true">
      {kind === "video" ? "▶" : "♪"}
    </span>
  )
