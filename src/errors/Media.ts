import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import type { MediaStorageFailure } from "./MediaStorage.js"
import { brief, inUnits } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** Returns whether a file is HEIC or HEIF, the iPhone's default formats for photos. */
export const isApplePicture = (mediaType: string | undefined): boolean => /^image\/hei[cf]/.test(mediaType ?? "")

/** The file has an unsupported type, by its content. */
export class MediaUnsupported extends TaggedFailure<MediaUnsupported>()(
  "MediaUnsupported",
  {
    /** The type of its content, if it is recognised. */
    found: Schema.optional(Schema.String),
    accepted: Schema.Array(Schema.String)
  },
  { found: "image/svg+xml", accepted: ["image/jpeg", "image/png"] }
) {
  get info(): ErrorInfo {
    const { accepted, found } = this
    return {
      code: "media.unsupported",
      failure: this,
      status: 415,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: found === undefined ? "This file type is not supported" : `${brief(found)} files are not supported`,
      suggestion: isApplePicture(found)
        ? "Save the photo as JPEG, and upload it again. On an iPhone, choose Settings, Camera, Formats, Most Compatible; new photos are then JPEG"
        : "Save a picture as JPEG, PNG, GIF, WebP or AVIF, a video as MP4, WebM or MOV, and a recording as MP3, M4A, OGG, FLAC or WAV",
      troubleshooting: isApplePicture(found)
        ? [
            "On a Mac, Preview saves photos as JPEG with File, Export. On Windows, Photos does with Save as",
            `Supported types: ${accepted.join(", ")}`
          ]
        : [
            `Supported types: ${accepted.join(", ")}`,
            "The type is detected from the content of the file, not from its name",
            "Most programs that open a picture, video or recording can save it in another format"
          ]
    }
  }
}

const damage: Record<MediaDamaged["reason"], string> = {
  unreadable: "The file is damaged",
  too_many_pixels: "The picture has too many pixels",
  too_many_frames: "The animation is too large: its frames together have too many pixels",
  too_complex: "The picture is too complex to decode",
  empty: "The file is empty"
}

/** The file has a supported type, but it is damaged, or too large when it is decoded. */
export class MediaDamaged extends TaggedFailure<MediaDamaged>()(
  "MediaDamaged",
  {
    reason: Schema.Literal("unreadable", "too_many_pixels", "too_many_frames", "too_complex", "empty")
  },
  { reason: "unreadable" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "media.damaged",
      failure: this,
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: damage[reason],
      suggestion:
        reason === "unreadable" || reason === "empty"
          ? "Open the file on your device, save it in a common format, and upload it again"
          : reason === "too_many_frames"
            ? "Shorten or shrink the animation, or upload it as a video (MP4)"
            : "Reduce the size of the picture, and upload it again",
      troubleshooting: ["An interrupted upload can cause this: try again"]
    }
  }
}

/** The file is larger than the limit. */
export class MediaTooLarge extends TaggedFailure<MediaTooLarge>()(
  "MediaTooLarge",
  {
    limitBytes: Schema.Number
  },
  { limitBytes: 104_857_600 }
) {
  get info(): ErrorInfo {
    const { limitBytes } = this
    return {
      code: "media.too_large",
      failure: this,
      status: 413,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This file is too large",
      suggestion: `Use files of at most ${inUnits(limitBytes)} each`,
      troubleshooting: ["Shorten or compress a video or recording before you upload it"],
      operator: {
        details: `A file of more than ${inUnits(limitBytes)} was sent`,
        troubleshooting: ["To allow such files, raise STARPUNK_MEDIA_MAX_SIZE"]
      }
    }
  }
}

/** This site has no file with this address. */
export class MediaUnknown extends TaggedFailure<MediaUnknown>()("MediaUnknown", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "media.unknown",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This site has no file with this address",
      suggestion: "Send the address exactly as returned by the upload",
      troubleshooting: ["The file may have been deleted, or it may be on another site"]
    }
  }
}

/** The posts or settings that use a file have changed since the owner was asked whether to delete it. */
export class MediaInUse extends TaggedFailure<MediaInUse>()("MediaInUse", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "media.in_use",
      status: 409,
      fault: "user",
      retryable: false,
      message: "The uses of this file have changed since you opened the page",
      suggestion: "Look at the file again, then decide",
      troubleshooting: ["The file was not deleted", "A post may have begun to use it in another tab or app"]
    }
  }
}

/** The preview card of a post could not be drawn. */
export class CardNotDrawn extends TaggedFailure<CardNotDrawn>()(
  "CardNotDrawn",
  { cause: Schema.Defect },
  { cause: "" }
) {
  get info(): ErrorInfo {
    return {
      code: "media.card_not_drawn",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: "The preview picture of this post could not be drawn",
      suggestion: "Try again later",
      troubleshooting: ["The post itself is not affected"],
      operator: {
        details: "A preview card could not be drawn",
        troubleshooting: [
          "Check that the server may write to the system's directory for temporary files (TMPDIR)",
          "The log line has the cause"
        ]
      }
    }
  }
}

/** Failures of the media store, without those of the database. */
export type MediaFailure = MediaUnsupported | MediaDamaged | MediaTooLarge | MediaStorageFailure

/** All failures about media. */
export type AnyMediaFailure = MediaFailure | MediaUnknown | MediaInUse | CardNotDrawn
